package org.stylemining.adapt;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.stylemining.image.RgbImage;

/**
 * The target domain as means and standard deviations of its anchor images' RGB channels, 0..1: what
 * is known of it without a generator.
 *
 * @param statistics of each anchor
 */
record ColourAnchor(List<ColourStatistics> statistics) implements Serializable {
  ColourAnchor {
    if (statistics.isEmpty()) {
      throw new IllegalArgumentException("expected at least one anchor, found none");
    }
    statistics = new ArrayList<>(statistics);
  }

  /** The anchors of target images. */
  static ColourAnchor of(Iterable<RgbImage> targets) {
    List<ColourStatistics> statistics = new ArrayList<>();
    targets.forEach(target -> statistics.add(ColourStatistics.of(target)));
    return new ColourAnchor(statistics);
  }
}
