package dev.pixal3d.jobs.core.upstream;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Sees whether a TLS handshake came to its end: before that no byte of a request can have left.
 *
 * <p>Neither {@link java.net.http.HttpClient}'s order of steps nor its exceptions tell. When the
 * peer ends the connection within the handshake it goes on to hand over the request (JDK 25), which
 * then goes nowhere; and an {@code SSLHandshakeException} can also come from a message that follows
 * the handshake, when the request is long gone.
 */
final class HandshakeWitness {
  /** The cipher suite of a session before its handshake ended ({@link SSLEngine#getSession()}). */
  private static final String NOT_YET = "SSL_NULL_WITH_NULL_NULL";

  private final List<SSLEngine> engines = new CopyOnWriteArrayList<>();
  private final SSLContext context;

  /** Watches the handshakes of the connections that use {@link #context()}. */
  HandshakeWitness(SSLContext tls) {
    context = new SSLContext(new Watched(tls), tls.getProvider(), tls.getProtocol()) {};
  }

  /** The same as the context that was given, but under watch. */
  SSLContext context() {
    return context;
  }

  /** Whether any of them came to its end. */
  boolean sawOne() {
    return engines.stream()
        .anyMatch(engine -> !engine.getSession().getCipherSuite().equals(NOT_YET));
  }

  private final class Watched extends SSLContextSpi {
    private final SSLContext tls;

    private Watched(SSLContext tls) {
      this.tls = tls;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return watch(tls.createSSLEngine());
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return watch(tls.createSSLEngine(host, port));
    }

    private SSLEngine watch(SSLEngine engine) {
      engines.add(engine);
      return engine;
    }

    @Override
    protected void engineInit(
        KeyManager @Nullable [] keys,
        TrustManager @Nullable [] trust,
        @Nullable SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("Already initialised");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return tls.getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return tls.getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return tls.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return tls.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return tls.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      return tls.getSupportedSSLParameters();
    }
  }
}
