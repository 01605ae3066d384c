package org.stylemining.serving;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;
import org.stylemining.adapt.Predictor;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.Size;

/**
 * How images are labelled.
 *
 * @param views files written for each image; {@link View#LABELS} always
 * @param ids which numbers stand for the classes
 * @param batch images that go through the network together, at least 1
 */
public record LabelOptions(Set<View> views, LabelIds ids, int batch) implements Serializable {
  /** Pixels of the network's input that are worth a pass through it. */
  private static final int PIXELS_AT_ONCE = 256 * 512;

  public LabelOptions {
    EnumSet<View> all = EnumSet.of(View.LABELS);
    all.addAll(views);
    views = all;
    if (batch < 1) {
      throw new IllegalArgumentException("expected a batch of at least 1, found " + batch);
    }
  }

  /**
   * Options for a network.
   *
   * @param batch images that go through it together; 0: as many as make 256 x 512 pixels of its
   *     input
   */
  public static LabelOptions of(Set<View> views, LabelIds ids, int batch, AsmConfig config) {
    Size input = Predictor.inputSize(config);
    int usual = (int) (PIXELS_AT_ONCE / ((long) input.width() * input.height()));
    return new LabelOptions(views, ids, batch > 0 ? batch : Math.max(1, usual));
  }
}
