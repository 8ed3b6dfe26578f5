package dev.pixal3d.jobs.embedded;

import java.net.URI;

/** Where the servers listen: reachable from this machine only. */
final class Loopback {
  static final String HOST = "127.0.0.1";

  private Loopback() {}

  static URI endpoint(int port) {
    return URI.create("http://" + HOST + ":" + port);
  }
}
