package dev.pixal3d.simulator;

import static dev.pixal3d.simulator.SimulatorSettings.CALLBACK_MEDIA_BASE_URL;
import static dev.pixal3d.simulator.SimulatorSettings.MEDIA_BASE_URL;

import java.net.URI;

/** What a media_url begins with. */
record MediaUrls(URI ownBase, LiveSettings settings) {

  String inAnswers() {
    String base = settings.get(MEDIA_BASE_URL);
    return base.isEmpty() ? ownBase.toString() : base;
  }

  String inCallbacks() {
    String base = settings.get(CALLBACK_MEDIA_BASE_URL);
    return base.isEmpty() ? inAnswers() : base;
  }
}
