package dev.pixal3d.jobs.core.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaHostsTest {
  private final MediaHosts hosts = new MediaHosts(List.of(".r2.dev", "cdn.example.com"), false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://pub-1.r2.dev/a.glb",
        "https://a.b.r2.dev/a.glb",
        "HTTPS://PUB-1.R2.DEV/a.glb",
        "https://cdn.example.com/a.glb",
        "https://cdn.example.com:8443/a.glb"
      })
  void allow_what_lies_on_them(String url) {
    assertThat(hosts.allow(url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://pub-1.r2.dev/a.glb",
        "https://r2.dev/a.glb",
        "https://evilr2.dev/a.glb",
        "https://r2.dev.evil.example/a.glb",
        "https://sub.cdn.example.com/a.glb",
        "https://evil.example/.r2.dev",
        "https://evil.example?.r2.dev",
        "https://evil.example#.r2.dev",
        "https://x@pub-1.r2.dev/a.glb",
        "https:///a.glb",
        "https:pub-1.r2.dev",
        "//pub-1.r2.dev/a.glb",
        "ftp://pub-1.r2.dev/a.glb",
        "http://localhost/a.glb",
        "https://pub-1.r2.dev\\@evil.example/a.glb",
        ""
      })
  void allow_nothing_else(String url) {
    assertThat(hosts.allow(url)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:8080/a.glb", "http://127.0.0.1/a.glb"})
  void allow_this_machine_where_the_system_runs_on_it(String url) {
    assertThat(new MediaHosts(List.of(".r2.dev"), true).allow(url)).isTrue();
  }

  @Test
  void allow_no_other_plain_http_there() {
    assertThat(new MediaHosts(List.of(".r2.dev"), true).allow("http://127.0.0.2/a.glb")).isFalse();
  }
}
