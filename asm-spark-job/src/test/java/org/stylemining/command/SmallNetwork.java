package org.stylemining.command;

import java.nio.file.Path;

/** Configurations with networks so small that a test trains them in seconds. */
final class SmallNetwork {
  /** A generator with an encoder of its own, and how it is trained. */
  static final String STYLE =
      """
      style {
        encoder = trained
        latent = 8
        hidden = 16
        pretrain {
          rule = style-bank
          iterations = 4
          batch = 2
          resize { width = 64, height = 32 }
          crop = 32
          photo-styles = 1.0
          sync-every = 2
          bank { size = 40, iterations = 10, batch = 8 }
          encoder-training { iterations = 4, batch = 2 }
        }
      }
      """;

  private SmallNetwork() {}

  /**
   * Adaptation from the demo's two sources to its target.
   *
   * @param folder that holds the sets in {@code data}
   * @param more what comes after it: keys that override these
   */
  static String scenes(Path folder, String more) {
    return """
        include "reference.conf"
        data {
          sources = [
            { type = gta5, root = "%1$s/data/gta5" }
            { type = synthia, root = "%1$s/data/synthia" }
          ]
          target { type = cityscapes, root = "%1$s/data/cityscapes", split = train }
          evaluation { type = cityscapes, root = "%1$s/data/cityscapes", split = val }
          resize { width = 64, height = 32 }
          crop { width = 64, height = 32 }
        }
        model { backbone = resnet18, width = 0.125, rates = [1, 2], batch-norm.affine = trained }
        mining { depth = 2, step = relative, step-size = 0.3 }
        training { updates = 8, warm-up = 0, batch = 2, optimizer = adam, learning-rate = 1.0e-3 }
        cluster.sync-every = 4
        """
            .formatted(folder)
        + STYLE
        + more.formatted(folder);
  }
}
