package dev.pixal3d.jobs.fuzz.targets;

import static dev.pixal3d.jobs.fuzz.targets.ViolationException.unless;

import dev.pixal3d.jobs.core.api.Headers;
import dev.pixal3d.jobs.core.api.SubmitRequestReader;
import dev.pixal3d.jobs.core.webhook.Offline;
import dev.pixal3d.jobs.fuzz.Input;
import dev.pixal3d.jobs.fuzz.draw.Addresses;
import dev.pixal3d.jobs.fuzz.draw.Chance;
import dev.pixal3d.jobs.fuzz.draw.Requests;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Addresses of webhooks, and where their names lead: from the submit to the connection. */
public final class WebhookAddressTarget implements Target<WebhookAddressTarget.Answer> {
  private static final String URL = "url";
  private static final String LEADS_TO = "leads to";
  private static final SubmitRequestReader READER = new SubmitRequestReader(false);

  @Override
  public String name() {
    return "webhook-address";
  }

  @Override
  public Input draw(Chance chance) {
    String addresses =
        Stream.generate(() -> Addresses.ip(chance).getHostAddress())
            .limit(chance.between(1, 3))
            .collect(Collectors.joining(" "));
    return Input.empty()
        .with(URL, chance.oneIn(4) ? Addresses.plain(chance) : Addresses.any(chance))
        .with(LEADS_TO, addresses);
  }

  /**
   * What became of an address.
   *
   * @param url what was taken at the submit
   * @param refusal why nothing would be sent there
   */
  record Answer(@Nullable URI url, Optional<String> refusal) {}

  @Override
  public Answer send(Input input) {
    var read =
        READER.read(
            Headers.of(
                Map.of(
                    "Content-Type",
                    "application/json",
                    "X-Webhook-URL",
                    input.part(URL).orElse(""))),
            Requests.PLAIN.getBytes(StandardCharsets.UTF_8));
    URI url = read instanceof SubmitRequestReader.Valid(var submit) ? submit.webhookUrl() : null;
    return url == null
        ? new Answer(null, Optional.of("not taken"))
        : new Answer(url, Offline.refusal(url, host -> addresses(host, input)));
  }

  private static List<InetAddress> addresses(String host, Input input) {
    try {
      return List.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return Arrays.stream(input.part(LEADS_TO).orElse("").split(" "))
          .filter(address -> !address.isEmpty())
          .map(InetAddress::ofLiteral)
          .toList();
    }
  }

  @Override
  public String judge(Input input, Answer answer) throws ViolationException {
    if (answer.url() == null) {
      return "refused at submit";
    }
    URI url = answer.url();
    String host = String.valueOf(url.getHost()).replaceAll("[\\[\\]]", "");
    if (answer.refusal().isPresent()) {
      // Of an address its host may be told.
      Answers.checkText(answer.refusal().get().replace(host, ""));
      return "refused at delivery";
    }
    for (InetAddress address : addresses(host, input)) {
      unless(isPublic(address), "a webhook goes to public addresses only", url + " at " + address);
    }
    return "let through";
  }

  private static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    if (address instanceof Inet4Address) {
      boolean carrierGrade = first == 100 && second >= 64 && second < 128;
      return first != 0 && first < 224 && !carrierGrade;
    }
    boolean teredo = first == 0x20 && second == 1 && bytes[2] == 0 && bytes[3] == 0;
    boolean sixToFour = first == 0x20 && second == 2;
    return first >> 5 == 1 && !teredo && !sixToFour;
  }
}
