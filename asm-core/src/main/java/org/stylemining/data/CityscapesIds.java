package org.stylemining.data;

import org.stylemining.dataset.LabelSpace;
import org.stylemining.dataset.LabelTable;

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

  static final LabelTable TABLE =
      PublishedTable.of(
          LabelSpace.CITYSCAPES19,
          8,
          1,
          KNOWN,
          LabelSpace.CITYSCAPES19.labelIds().orElseThrow(),
          LICENCE_PLATE);

  private CityscapesIds() {}
}
