package org.stylemining.data;

import java.io.Serializable;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

/** An image and the class of each of its pixels; both of one size. */
public record LabelledImage(RgbImage image, LabelMap labels) implements Serializable {
  public LabelledImage {
    if (image.width() != labels.width() || image.height() != labels.height()) {
      throw new IllegalArgumentException(
          "an image of %dx%d pixels with labels of %dx%d"
              .formatted(image.width(), image.height(), labels.width(), labels.height()));
    }
  }

  /** Both, left and right swapped. */
  public LabelledImage mirrored() {
    return new LabelledImage(image.mirrored(), labels.mirrored());
  }
}
