package dev.pixal3d.jobs.core.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonBodyTest {

  /** A MiB of new names took longer to keep than to read. */
  @Test
  void takes_no_name_from_a_pool_and_puts_none_into_one() {
    String pooled = "a-name-that-a-stranger-chose".intern();

    JsonBody body = JsonBody.read(("{\"" + pooled + "\":1}").getBytes(UTF_8));

    assertThat(body)
        .isInstanceOfSatisfying(
            JsonBody.Parsed.class,
            parsed ->
                assertThat(parsed.object().fieldNames().next())
                    .isEqualTo(pooled)
                    .isNotSameAs(pooled));
  }
}
