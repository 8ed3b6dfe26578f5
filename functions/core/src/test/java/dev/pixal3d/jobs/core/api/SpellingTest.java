package dev.pixal3d.jobs.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {
  private static final List<String> KNOWN = List.of("seed", "texture_size");

  @ParameterizedTest
  @ValueSource(strings = {"sed", "seeed", "seet", "SEED", "se-ed"})
  void a_word_near_a_known_name_means_that_name(String word) {
    assertThat(Spelling.nearest(word, KNOWN)).hasValue("seed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "need_it", "size", "prompt"})
  void a_word_far_from_every_known_name_means_none(String word) {
    assertThat(Spelling.nearest(word, KNOWN)).isEmpty();
  }

  @Test
  void a_word_of_64_characters_may_mean_a_name() {
    assertThat(Spelling.nearest("_".repeat(60) + "seed", KNOWN)).hasValue("seed");
  }

  @Test
  void a_very_long_word_means_none() {
    assertThat(Spelling.nearest("_".repeat(61) + "seed", KNOWN)).isEmpty();
  }

  @Test
  void the_nearest_of_two_near_names_is_meant() {
    assertThat(Spelling.nearest("ss_rescale", List.of("xs_rescale_t", "ss_rescale_t")))
        .hasValue("ss_rescale_t");
    assertThat(Spelling.nearest("ss_rescale", List.of("ss_rescale_t", "xs_rescale_t")))
        .hasValue("ss_rescale_t");
  }

  @Test
  void of_two_names_that_are_equally_near_the_first_is_meant() {
    assertThat(Spelling.nearest("s_rescale_t", List.of("ss_rescale_t", "xs_rescale_t")))
        .hasValue("ss_rescale_t");
  }
}
