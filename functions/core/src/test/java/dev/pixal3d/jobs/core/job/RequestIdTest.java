package dev.pixal3d.jobs.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
  private static final String ID = "pixal3d_019e0000-0000-7000-8000-000000000001";

  @Test
  void is_read_as_it_is_shown() {
    assertThat(RequestId.parse(ID)).hasValue(new RequestId(ID));
    assertThat(new RequestId(ID)).hasToString(ID);
  }

  @Test
  void has_its_form_at_every_place() {
    for (int i = 0; i < ID.length(); i++) {
      assertThat(RequestId.parse(ID.substring(0, i) + "g" + ID.substring(i + 1))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gate#dispatch",
        "client#acme",
        "019e0000-0000-7000-8000-000000000001",
        "pixal3d_019E0000-0000-7000-8000-000000000001",
        "PIXAL3D_019e0000-0000-7000-8000-000000000001",
        "pixal3d_019e0000-0000-4000-8000-000000000001",
        "pixal3d_019e0000-0000-7000-c000-000000000001",
        "pixal3d_019e0000-0000-7000-8000-00000000000",
        "pixal3d_019e0000-0000-7000-8000-0000000000011",
        "pixal3d_019e0000-0000-7000-8000-000000000001\n",
        " pixal3d_019e0000-0000-7000-8000-000000000001"
      })
  void is_nothing_else_so_that_no_stranger_names_another_item(String text) {
    assertThat(RequestId.parse(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new RequestId(text));
  }
}
