package dev.pixal3d.jobs.core.webhook;

import dev.pixal3d.jobs.core.webhook.Destination.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The sender of webhooks without names and network, for other modules. */
public final class Offline {
  private Offline() {}

  /** A sender that hears these bytes from whomever it tells something over plain http. */
  public static WebhookSender hearing(byte[] answer, InstantSource clock) {
    return new HttpWebhookSender(
        true,
        clock,
        new HttpWebhookSender.Network(
            host -> new InetAddress[] {InetAddress.ofLiteral(host)},
            HttpWebhookSender.Network.REAL.tls(),
            () -> socket(answer)),
        HttpWebhookSender.Timeouts.DEFAULT);
  }

  /**
   * Why no webhook would go to an address, if none would.
   *
   * @param names tells to which addresses a host's name or number leads
   */
  public static Optional<String> refusal(URI url, Function<String, List<InetAddress>> names) {
    try {
      Destination destination = Destination.of(url, false);
      destination.check(names.apply(destination.host()));
      return Optional.empty();
    } catch (RefusedException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Socket socket(byte[] answer) {
    try {
      return new HearingSocket(answer);
    } catch (SocketException e) {
      throw new IllegalStateException("A socket that is none cannot fail", e);
    }
  }

  private static final class HearingSocket extends Socket {
    HearingSocket(byte[] answer) throws SocketException {
      super(new Hearing(answer));
    }

    @Override
    public <T> Socket setOption(SocketOption<T> name, T value) {
      return this;
    }
  }

  /** Connected to nobody: what is written is gone, what is read was there before. */
  private static final class Hearing extends SocketImpl {
    private final InputStream answer;

    Hearing(byte[] answer) {
      this.answer = new ByteArrayInputStream(answer);
    }

    @Override
    protected void create(boolean stream) {}

    @Override
    protected void connect(String host, int port) {}

    @Override
    protected void connect(InetAddress address, int port) {}

    @Override
    protected void connect(SocketAddress address, int timeout) {}

    @Override
    protected void bind(InetAddress host, int port) {}

    @Override
    protected void listen(int backlog) {}

    @Override
    protected void accept(SocketImpl socket) {}

    @Override
    protected InputStream getInputStream() {
      return answer;
    }

    @Override
    protected OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    protected int available() {
      return 0;
    }

    @Override
    protected void close() {}

    @Override
    protected void sendUrgentData(int data) {}

    @Override
    public void setOption(int option, Object value) {}

    @Override
    public Object getOption(int option) {
      return 0;
    }
  }
}
