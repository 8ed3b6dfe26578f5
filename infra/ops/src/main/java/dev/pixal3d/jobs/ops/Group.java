package dev.pixal3d.jobs.ops;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParentCommand;

/** A command that consists of others. */
abstract class Group {
  @ParentCommand private @Nullable OpsCommand root;

  OpsCommand root() {
    if (root == null) {
      throw new IllegalStateException("picocli sets the parent command before it runs one");
    }
    return root;
  }

  int run(OpsCommand.Work work) {
    return root().run(work);
  }
}
