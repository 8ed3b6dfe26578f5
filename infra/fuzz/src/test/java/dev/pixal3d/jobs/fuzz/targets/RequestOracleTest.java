package dev.pixal3d.jobs.fuzz.targets;

import static dev.pixal3d.jobs.fuzz.targets.RequestOracle.Verdict.INVALID;
import static dev.pixal3d.jobs.fuzz.targets.RequestOracle.Verdict.OPEN;
import static dev.pixal3d.jobs.fuzz.targets.RequestOracle.Verdict.VALID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.fuzz.draw.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestOracleTest {
  private static RequestOracle.Verdict judge(String body) {
    return RequestOracle.judge(body.getBytes(UTF_8));
  }

  private static RequestOracle.Verdict with(String member) {
    return judge("{\"image_url\":\"https://example.com/dog.png\"," + member + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"seed\":18446744073709551615",
        "\"seed\":-9223372036854775808",
        "\"seed\":null",
        "\"mesh_scale\":1e-999999999999",
        "\"mesh_scale\":0e999999999999",
        "\"mesh_scale\":1.7976931348623157e308",
        "\"remesh\":false",
        "\"texture_size\":4096"
      })
  void whatThePageAllowsIsValid(String member) {
    assertThat(with(member)).isEqualTo(VALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"seed\":18446744073709551616",
        "\"seed\":1.0",
        "\"seed\":\"1\"",
        "\"ss_sampling_steps\":0",
        "\"mesh_scale\":1e309",
        "\"mesh_scale\":1e999999999999",
        "\"mesh_scale\":true",
        "\"remesh\":1",
        "\"texture_size\":1536",
        "\"textur_size\":1024",
        "\"seed\":1,\"seed\":1",
        "\"image_url\":null"
      })
  void whatItDoesNotIsNot(String member) {
    assertThat(with(member)).isEqualTo(INVALID);
  }

  @Test
  void anAddressOutOfTheOrdinaryIsNotJudged() {
    assertThat(judge(Requests.PLAIN)).isEqualTo(VALID);
    assertThat(judge("{\"image_url\":\"https://[::1]/\"}")).isEqualTo(OPEN);
    assertThat(judge("{\"image_url\":\"ftp://example.com/\"}")).isEqualTo(INVALID);
    assertThat(judge("{}")).isEqualTo(INVALID);
  }

  @Test
  void theMeaningOfABodyIsItsMembersToTheLetter() {
    assertThat(RequestOracle.meaning("{\"seed\" : 1.0,\"r\\u0065mesh\":null,\"x\":\"\\u0041\"}"))
        .isEqualTo(RequestOracle.meaning("{\"seed\":1.0,\"x\":\"A\"}"))
        .isNotEqualTo(RequestOracle.meaning("{\"seed\":1,\"x\":\"A\"}"));
  }
}
