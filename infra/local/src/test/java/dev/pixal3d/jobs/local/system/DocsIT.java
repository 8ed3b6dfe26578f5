package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a person who has just started the stack can read. */
@OnSharedStack
class DocsIT {
  private final RunningStack stack;

  DocsIT(RunningStack stack) {
    this.stack = stack;
  }

  @Test
  void theStackTellsOfAPageThatDescribesTheApi() {
    Answer page = get(stack.docs());

    assertThat(page.code()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
  }

  @Test
  void theDescriptionIsServedBesideTheApi() throws IOException {
    Answer description = get(stack.api().resolve("/openapi.yaml"));

    assertThat(description.code()).isEqualTo(200);
    assertThat(description.body()).isEqualTo(Files.readString(Path.of("../openapi.yaml")));
  }

  private static Answer get(URI url) {
    return Http.send(HttpRequest.newBuilder(url).build());
  }
}
