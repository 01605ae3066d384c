package org.stylemining.inspection;

import java.io.Serializable;
import org.stylemining.config.Size;

/**
 * A set that a configuration names, and what its images are held against.
 *
 * @param key of its block in the configuration, such as {@code data.sources[0]}
 * @param role what it is used for
 * @param type its layout, such as {@code gta5}
 * @param root its folder
 * @param split the part of it; empty for all of it
 * @param labelled whether labels are read
 * @param listed samples in it
 * @param resize pixels that its images are resized to whatever their shape; 0 x 0 where they keep
 *     it
 * @param crop pixels that are cut from them; 0 x 0 where nothing is cut
 */
public record CheckedSet(
    String key,
    SetRole role,
    String type,
    String root,
    String split,
    boolean labelled,
    int listed,
    Size resize,
    Size crop)
    implements Serializable {
  /** For sizes that do not apply. */
  public static final Size NONE = new Size(0, 0);

  /** A change of shape that a person sees: 10%. */
  private static final double SEEN = 1.1;

  boolean isSmallerThanCrop(Size image) {
    return image.width() < crop.width() || image.height() < crop.height();
  }

  /** By what the resize stretches an image in one direction against the other, at least 1. */
  double stretch(Size image) {
    if (resize.width() == 0) {
      return 1;
    }
    double change =
        (double) image.width() * resize.height() / ((double) image.height() * resize.width());
    return Math.max(change, 1 / change);
  }

  boolean changesShape(Size image) {
    return stretch(image) > SEEN;
  }
}
