package dev.pixal3d.jobs.core.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'status':'COMPLETED','status':'ERROR'}",
        "{'a':1,'b':2,'\\u0061':1}",
        "{'output':{'media_url':[],'media_url':[]}}",
        "{'list':[{'a':{},'a':{}}]}"
      })
  void refuses_a_member_that_stands_there_twice(String body) {
    assertThat(JsonBody.read(body.replace('\'', '"').getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            JsonBody.Unreadable.class,
            unreadable ->
                assertThat(unreadable.why()).matches("not strict JSON \\(line 1, column \\d+\\)"));
  }
}
