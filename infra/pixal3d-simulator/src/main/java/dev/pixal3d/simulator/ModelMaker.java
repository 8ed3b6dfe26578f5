package dev.pixal3d.simulator;

import dev.pixal3d.simulator.ImageFetcher.FetchException;
import dev.pixal3d.simulator.Job.Ending;
import dev.pixal3d.simulator.glb.GlbMaker;
import dev.pixal3d.simulator.glb.UnreadableImageException;
import java.util.concurrent.Semaphore;

/** Turns a job's image into its GLB. */
final class ModelMaker implements AutoCloseable {
  /** Bounds the images in memory; a slow server holds up few others. */
  private static final int IMAGES_AT_ONCE = 8;

  /** Each may hold a decoded picture and its textures. */
  private static final int MODELS_AT_ONCE = 2;

  private final Semaphore images = new Semaphore(IMAGES_AT_ONCE);
  private final Semaphore models = new Semaphore(MODELS_AT_ONCE);
  private final ImageFetcher fetcher = new ImageFetcher();
  private final JobStore store;

  ModelMaker(JobStore store) {
    this.store = store;
  }

  /** Makes the GLB, or tells why there is none. */
  Ending make(Job job) throws InterruptedException {
    ModelRequest request = requestOf(job);
    try {
      String name = job.requestId() + ".glb";
      store.writeGlb(name, glb(request));
      return Ending.completed(name);
    } catch (FetchException e) {
      return Ending.failed(
          "The image at %s could not be fetched: %s".formatted(request.imageUrl(), e.getMessage()));
    } catch (UnreadableImageException e) {
      return Ending.failed(
          "The image at %s could not be read: %s".formatted(request.imageUrl(), e.getMessage()));
    }
  }

  private byte[] glb(ModelRequest request)
      throws FetchException, UnreadableImageException, InterruptedException {
    images.acquire();
    try {
      byte[] image = fetcher.fetch(request.imageUrl());
      models.acquire();
      try {
        return GlbMaker.make(image, request.parameters());
      } finally {
        models.release();
      }
    } finally {
      images.release();
    }
  }

  private static ModelRequest requestOf(Job job) {
    try {
      return ModelRequest.of(job.request());
    } catch (BadRequestException e) {
      throw new IllegalStateException("This request should not have been accepted", e);
    }
  }

  @Override
  public void close() {
    fetcher.close();
  }
}
