package org.stylemining.data;

import org.stylemining.dataset.LabelSpace;
import org.stylemining.dataset.LabelTable;
import org.stylemining.image.LabelMap;

/**
 * The ids that Cityscapes stores in its label files, which GTA5 uses too, and the 19 of them that
 * are scored.
 */
final class CityscapesIds {
  /**
   * Ids 0..34 exist; those that are not scored (ego vehicle, parking, licence plate, ...) are
   * ignored.
   */
  private static final int KNOWN = 35;

  /** Cityscapes' licence plate is -1, which some tools store as 255. */
  private static final int LICENCE_PLATE = 255;

  private CityscapesIds() {}

  static LabelTable table() {
    int[] scored = LabelSpace.CITYSCAPES19.labelIds().orElseThrow();
    int[] pairs = new int[2 * scored.length + 2];
    for (int trainId = 0; trainId < scored.length; trainId++) {
      pairs[2 * trainId] = scored[trainId];
      pairs[2 * trainId + 1] = trainId;
    }
    pairs[pairs.length - 2] = LICENCE_PLATE;
    pairs[pairs.length - 1] = LabelMap.IGNORE;
    return PublishedTable.of(LabelSpace.CITYSCAPES19, 8, 1, KNOWN, pairs);
  }
}
