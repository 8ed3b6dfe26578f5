package dev.pixal3d.jobs.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointKeyTest {
  @ParameterizedTest
  @CsvSource({
    "https://example.com/hook?secret=x, https://example.com:443",
    "https://EXAMPLE.com:443/, https://example.com:443",
    "https://example.com:8443/a, https://example.com:8443",
    "http://localhost/a, http://localhost:80",
    "http://127.0.0.1:9000/a, http://127.0.0.1:9000",
  })
  void names_the_server_and_nothing_of_what_may_be_secret(URI url, String server) {
    assertThat(Endpoint.Key.of("acme", url).server()).isEqualTo(server);
  }
}
