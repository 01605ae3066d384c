package org.stylemining.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration whose runs take seconds: three sync rounds of two workers on small images. */
public final class Experiment {
  /** Rounds of a run, so the number of its last checkpoint. */
  public static final int ROUNDS = 3;

  public static final int WORKERS = 2;

  /** Rounds with {@link #LONGER}: enough to break something in the middle of a run. */
  public static final int LONGER_ROUNDS = 8;

  /** The argument that makes a run longer. */
  public static final String LONGER = "training.updates=32";

  private Experiment() {}

  /**
   * The configuration's text.
   *
   * @param data folder of {@code make-demo-data}; a path or URI
   * @param rain folder of {@code pretrain}; a path or URI
   */
  public static String text(String data, String rain) {
    return with('"' + data + '"', '"' + rain + '"');
  }

  /** The same, with the folders from the environment: {@code ASM_DEMO_DATA}, {@code ASM_RAIN}. */
  public static String text() {
    return with("${ASM_DEMO_DATA}", "${ASM_RAIN}");
  }

  private static String with(String data, String rain) {
    return """
        include "reference.conf"
        data {
          sources = [
            { type = gta5, root = %1$s"/gta5" }
            { type = synthia, root = %1$s"/synthia" }
          ]
          target { type = cityscapes, root = %1$s"/cityscapes", split = train }
          evaluation { type = cityscapes, root = %1$s"/cityscapes", split = val }
          resize { width = 64, height = 32 }
          crop { width = 64, height = 32 }
        }
        model { backbone = resnet18, width = 0.125, rates = [1, 2], batch-norm.affine = trained }
        style {
          encoder = trained
          rain = %2$s
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
        mining { depth = 2, step = relative, step-size = 0.3 }
        training { updates = 12, warm-up = 0, batch = 2, optimizer = adam, learning-rate = 1.0e-3 }
        cluster { sync-every = 4, workers = %3$d, threads = 1 }
        checkpoint { every = 1, keep = 9 }
        evaluate.samples = 2
        """
        .formatted(data, rain, WORKERS);
  }

  /** Writes the configuration to a local file. */
  public static Path write(Path file, String data, String rain) throws IOException {
    return Files.writeString(file, text(data, rain));
  }
}
