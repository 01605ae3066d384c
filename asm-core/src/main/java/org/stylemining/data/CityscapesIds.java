package org.stylemining.data;

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

  static final int[] SCORED = {
    7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33
  };

  private CityscapesIds() {}

  static LabelTable table() {
    int[] pairs = new int[2 * SCORED.length + 2];
    for (int trainId = 0; trainId < SCORED.length; trainId++) {
      pairs[2 * trainId] = SCORED[trainId];
      pairs[2 * trainId + 1] = trainId;
    }
    pairs[pairs.length - 2] = LICENCE_PLATE;
    pairs[pairs.length - 1] = LabelMap.IGNORE;
    return LabelTable.of(LabelSpace.CITYSCAPES19, 8, 1, KNOWN, pairs);
  }
}
