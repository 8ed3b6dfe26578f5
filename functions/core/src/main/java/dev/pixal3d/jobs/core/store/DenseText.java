package dev.pixal3d.jobs.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A job's longer texts as few bytes, since its item is paid for by the kilobyte at each write. They
 * are deflated (RFC 1951) with a dictionary of what they usually hold: the names of all parameters,
 * and the words of timelines and deliveries. What was saved before as plain text is read as such.
 *
 * <p>The first byte tells the dictionary. What lies in a table was written with it, so it never
 * changes; a better one becomes another form.
 */
final class DenseText {
  private static final byte FORM = 1;

  /** What is used most stands last: it is the nearest to the text. */
  private static final byte[] DICTIONARY =
      """
      "webhook held"],"webhook replay asked"],"webhook attempt cut off"],"webhook given up"],\
      "webhook told of progress"],"webhook not told of progress","dispatch held",\
      "claim released","the POST was not begun in time; nothing was sent"],\
      "not accepted, try later","refused by Pixal3D","HTTP ","outcome unknown",\
      "callback not believed","poll unanswered","timed out","no answer to the submit yet"],\
      "requeued by an operator"],"webhook not delivered","no answer within 15 s","answered 500",\
      "polled","PROCESSING"],"called back","PROCESSING"],"polled","COMPLETED"],"ended","FAILED"],\
      {"failures":1,"next":,"reports":,"told":,"telling":,\
      {"settled":"GIVEN_UP","settled":"DELIVERED","attempts":[[,200]]},204]]}\
      [[0,"accepted"],[,"dispatch began"],[,"accepted by Pixal3D"],\
      [,"called back","COMPLETED"],[,"ended","COMPLETED"],[,"webhook delivered"]]\
      {"image_url":"http://https://www..s3.amazonaws.com/.r2.dev/storage.googleapis.com/\
      uploads/images/.webp.jpeg.jpg.png","seed":,"resolution":1536,"resolution":1024,\
      "ss_guidance_strength":7.5,"ss_guidance_rescale":0.7,"ss_sampling_steps":12,\
      "ss_rescale_t":5,"shape_slat_guidance_strength":7.5,"shape_slat_guidance_rescale":0.5,\
      "shape_slat_sampling_steps":12,"shape_slat_rescale_t":3,"tex_slat_guidance_strength":1,\
      "tex_slat_guidance_rescale":0,"tex_slat_sampling_steps":12,"tex_slat_rescale_t":3,\
      "mesh_scale":1,"max_num_tokens":49152,"decimation_target":200000,"texture_size":4096,\
      "texture_size":1024,"texture_size":2048,"remesh":false,"remesh":true}\
      """
          .getBytes(UTF_8);

  /** One for all: its 270 KB take longer to be had from the system than a text to be deflated. */
  private static final Deflater DEFLATER = new Deflater(Deflater.BEST_COMPRESSION, true);

  private static final int BUFFER_BYTES = 1024;

  /** Four requests of the greatest length. The 400 KB of an item could be made to hold 400 MB. */
  private static final int MOST_BYTES = 1024 * 1024;

  private DenseText() {}

  static AttributeValue write(String text) {
    return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(deflated(text.getBytes(UTF_8))));
  }

  private static byte[] deflated(byte[] text) {
    var dense = new ByteArrayOutputStream();
    dense.write(FORM);
    var buffer = new byte[BUFFER_BYTES];
    synchronized (DEFLATER) {
      try {
        DEFLATER.setDictionary(DICTIONARY);
        DEFLATER.setInput(text);
        DEFLATER.finish();
        while (!DEFLATER.finished()) {
          dense.write(buffer, 0, DEFLATER.deflate(buffer));
        }
      } finally {
        DEFLATER.reset();
      }
    }
    return dense.toByteArray();
  }

  /**
   * The text of either form.
   *
   * @throws StoreException if the attribute is none, or one that was not written here
   */
  static String read(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case B -> inflated(value.b().asByteArrayUnsafe());
      default ->
          throw new StoreException(
              "A job's text is of type %s, not S or B.".formatted(value.type()), null);
    };
  }

  private static String inflated(byte[] dense) {
    if (dense.length == 0 || dense[0] != FORM) {
      throw new StoreException("A job's text is in a form that this release does not know.", null);
    }
    var inflater = new Inflater(true);
    try {
      inflater.setInput(dense, 1, dense.length - 1);
      inflater.setDictionary(DICTIONARY);
      var text = new ByteArrayOutputStream();
      var buffer = new byte[BUFFER_BYTES];
      while (!inflater.finished()) {
        int inflated = inflater.inflate(buffer);
        if (inflated == 0 && !inflater.finished()) {
          throw new StoreException("A job's text ends before it should.", null);
        }
        if (text.size() + inflated > MOST_BYTES) {
          throw new StoreException(
              "A job's text is longer than %d bytes.".formatted(MOST_BYTES), null);
        }
        text.write(buffer, 0, inflated);
      }
      return text.toString(UTF_8);
    } catch (DataFormatException e) {
      throw new StoreException("A job's text is not as it was written.", e);
    } finally {
      inflater.end();
    }
  }
}
