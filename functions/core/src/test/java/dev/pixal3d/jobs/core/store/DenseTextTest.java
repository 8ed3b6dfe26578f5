package dev.pixal3d.jobs.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DenseTextTest {
  private static final String REQUEST =
      "{\"image_url\":\"https://example.com/dog.png\",\"seed\":7,\"texture_size\":2048}";

  @Test
  void gives_back_every_text_as_it_was() {
    var random = new Random(20261123);
    for (int n = 0; n < 500; n++) {
      int length = random.nextInt(n < 490 ? 300 : 20_000);
      String text =
          random
              .ints(length, 0, Character.MAX_CODE_POINT + 1)
              .filter(character -> character < 0xD800 || character > 0xDFFF)
              .map(character ->
                  random.nextInt(4) == 0 ? character : REQUEST.codePointAt(character % 60))
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();

      assertThat(DenseText.read(DenseText.write(text))).isEqualTo(text);
    }
  }

  @Test
  void reads_plain_text_as_releases_before_wrote_it() {
    assertThat(DenseText.read(AttributeValue.fromS(REQUEST))).isEqualTo(REQUEST);
  }

  /** Tables are full of what was written with this very dictionary. */
  @Test
  void reads_what_was_written_before() {
    assertThat(DenseText.read(dense("AcNMhaDkl1oB8loqOFWl5KOmHXNsltQCAA=="))).isEqualTo(REQUEST);
  }

  @Test
  void takes_a_fraction_of_what_the_text_takes() {
    assertThat(DenseText.write(REQUEST).b().asByteArray().length).isLessThan(REQUEST.length() / 2);
  }

  @Test
  void says_that_a_form_of_the_future_is_not_known() {
    byte[] written = DenseText.write(REQUEST).b().asByteArray();
    written[0] = 2;

    assertThatThrownBy(() -> DenseText.read(bytes(written)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("form");
  }

  @Test
  void says_of_every_text_that_is_cut_off_that_it_is() {
    byte[] written = DenseText.write(REQUEST).b().asByteArray();

    for (int length = 0; length < written.length; length++) {
      AttributeValue cut = bytes(Arrays.copyOf(written, length));
      assertThatThrownBy(() -> DenseText.read(cut)).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void says_that_an_attribute_of_another_type_is_no_text() {
    assertThatThrownBy(() -> DenseText.read(AttributeValue.fromN("7")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("type N");
  }

  @Test
  void gives_up_on_what_would_fill_the_memory() {
    AttributeValue bomb = DenseText.write("x".repeat(1024 * 1024 + 1));

    assertThat(bomb.b().asByteArray().length).isLessThan(10_000);
    assertThatThrownBy(() -> DenseText.read(bomb))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("longer than");
  }

  @Test
  void reads_the_longest_request_that_is_taken() {
    String longest = "x".repeat(256 * 1024);

    assertThat(DenseText.read(DenseText.write(longest))).isEqualTo(longest);
  }

  private static AttributeValue dense(String base64) {
    return bytes(Base64.getDecoder().decode(base64));
  }

  private static AttributeValue bytes(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }
}
