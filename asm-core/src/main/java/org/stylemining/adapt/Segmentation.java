package org.stylemining.adapt;

import java.io.Serializable;
import org.stylemining.image.LabelMap;

/**
 * What a network made of an image.
 *
 * @param labels the likeliest class of each pixel, as train ids, or of the whole image, as one
 *     pixel
 * @param probability {@code height x width} unsigned bytes, row-major: the softmax probability of
 *     that class in steps of 1/255; null where it was not asked for
 */
public record Segmentation(LabelMap labels, byte[] probability) implements Serializable {
  public Segmentation {
    if (probability != null && probability.length != labels.ids().length) {
      throw new IllegalArgumentException(
          "expected a probability for each of %d pixels, found %d"
              .formatted(labels.ids().length, probability.length));
    }
  }
}
