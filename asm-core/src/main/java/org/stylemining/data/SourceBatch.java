package org.stylemining.data;

import java.io.Serializable;
import java.util.List;

/**
 * Decoded, augmented source images for one update. Damaged samples are missing from it, so it may
 * be smaller than asked for, and even empty.
 *
 * @param images of one size (the crop)
 * @param positions the place of each image in the training order: the seed of everything random
 *     about it
 * @param skipped the samples that were damaged
 */
public record SourceBatch(List<LabelledImage> images, long[] positions, List<Damage> skipped)
    implements Serializable {
  public SourceBatch {
    if (images.size() != positions.length) {
      throw new IllegalArgumentException(
          images.size() + " images with " + positions.length + " positions");
    }
    images = List.copyOf(images);
    skipped = List.copyOf(skipped);
  }

  public int size() {
    return images.size();
  }

  public boolean isEmpty() {
    return images.isEmpty();
  }
}
