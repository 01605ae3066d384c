package org.stylemining.serving;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;

/**
 * How images are labelled.
 *
 * @param views files written for each image; {@link View#LABELS} always
 * @param ids which numbers stand for the classes
 * @param batch images that go through the network together, at least 1
 */
public record LabelOptions(Set<View> views, LabelIds ids, int batch) implements Serializable {
  public LabelOptions {
    EnumSet<View> all = EnumSet.of(View.LABELS);
    all.addAll(views);
    views = all;
    if (batch < 1) {
      throw new IllegalArgumentException("expected a batch of at least 1, found " + batch);
    }
  }
}
