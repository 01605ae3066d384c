package org.stylemining.nn;

import java.util.List;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Mean cross-entropy over labelled pixels, -1/N sum log softmax(x)[y], N the number of pixels not
 * ignored.
 */
public final class SoftmaxCrossEntropy {
  /** Label of pixels that do not count. */
  public static final int IGNORE = 255;

  private SoftmaxCrossEntropy() {}

  /**
   * Replaces logits by the gradient of the loss at them.
   *
   * @param logits [B, H, W, K], overwritten
   * @param labels one array of H*W labels per image, 0..K-1 or {@link #IGNORE}
   * @return the loss; 0, with a zero gradient, where no pixel counts
   */
  public static double lossAndGradient(FeatureMap logits, List<byte[]> labels) {
    int classes = logits.channels();
    Nd4j.exec(
        DynamicCustomOp.builder("softmax")
            .addInputs(logits.rows())
            .addOutputs(logits.rows())
            .addIntegerArguments(1)
            .build());
    HostValues p = new HostValues(logits.rows());
    int pixels = Math.toIntExact(logits.imagePixels());
    double loss = 0;
    long counted = 0;
    for (int b = 0; b < logits.batch(); b++) {
      byte[] y = labels.get(b);
      if (y.length != pixels) {
        throw new IllegalArgumentException(
            "image %d: expected %d labels, found %d".formatted(b, pixels, y.length));
      }
      long row = (long) b * pixels * classes;
      for (int i = 0; i < pixels; i++, row += classes) {
        int label = y[i] & 0xff;
        if (label == IGNORE) {
          for (int k = 0; k < classes; k++) {
            p.set(row + k, 0);
          }
        } else if (label < classes) {
          double likelihood = p.get(row + label);
          loss -= Math.log(Math.max(likelihood, 1e-30));
          p.set(row + label, likelihood - 1);
          counted++;
        } else {
          throw new IllegalArgumentException(
              "label %d at pixel %d of image %d: expected 0..%d or %d"
                  .formatted(label, i, b, classes - 1, IGNORE));
        }
      }
    }
    p.modified();
    logits.rows().muli(1.0 / Math.max(1, counted));
    return loss / Math.max(1, counted);
  }
}
