package dev.pixal3d.jobs.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://example.com                    | https | example.com      | -1   | /
          HTTPS://example.com:443/hook?a=1&b=/   | https | example.com      | 443  | /hook?a=1&b=/
          https://example.com:8443?a             | https | example.com      | 8443 | /?a
          https://example.com:/gr%C3%BC%C3%9Fe#x | https | example.com      | -1   | /gr%C3%BC%C3%9Fe
          https://example.com/grüße              | https | example.com      | -1   | /gr%C3%BC%C3%9Fe
          https://8.8.8.8/hook                   | https | 8.8.8.8          | -1   | /hook
          https://[2606:4700::1111]/hook         | https | 2606:4700:0:0:0:0:0:1111 | -1 | /hook
          https://localhost/hook                 | https | localhost        | -1   | /hook
          http://localhost:9000/hook             | http  | localhost        | 9000 | /hook
          http://127.0.0.1:1/hook                | http  | 127.0.0.1        | 1    | /hook
          """)
  void is_what_the_address_says_and_plain_http_only_on_this_machine(
      URI address, String scheme, String host, int port, String pathAndQuery)
      throws Destination.RefusedException {
    Destination destination = Destination.of(address, true);

    assertThat(destination)
        .isEqualTo(new Destination(scheme.equals("http"), host, port, pathAndQuery));
    assertThat(destination.scheme()).isEqualTo(scheme);
  }
}
