package org.stylemining.data;

import java.io.Serializable;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

/**
 * An image and the class of each of its pixels, both of one size; or, labels being a single pixel
 * beside an image of any size, the class of the whole image.
 */
public record LabelledImage(RgbImage image, LabelMap labels) implements Serializable {
  public LabelledImage {
    boolean whole = labels.width() == 1 && labels.height() == 1;
    if (!whole && (image.width() != labels.width() || image.height() != labels.height())) {
      throw new IllegalArgumentException(
          "an image of %dx%d pixels with labels of %dx%d"
              .formatted(image.width(), image.height(), labels.width(), labels.height()));
    }
  }

  /** Whether the labels are the class of the whole image. An image of one pixel is no case. */
  public boolean labelledAsWhole() {
    return labels.ids().length == 1 && image.width() * image.height() > 1;
  }

  /** Both, left and right swapped. */
  public LabelledImage mirrored() {
    return new LabelledImage(image.mirrored(), labels.mirrored());
  }
}
