package org.stylemining.serving;

import java.util.Locale;
import java.util.stream.IntStream;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.image.LabelMap;

/** Which numbers stand for the classes in label files. */
public enum LabelIds {
  /** Train ids, 0 to K-1 in the order of the label space. */
  TRAIN,
  /** The ids of Cityscapes' own label files (7 road, 8 sidewalk, ...), as its server expects. */
  CITYSCAPES;

  /**
   * Checks that the classes have such ids.
   *
   * @param asked how they were asked for, such as {@code --ids}
   * @throws UserMistake where they have none
   */
  public void require(LabelSpace space, String asked) {
    if (this == CITYSCAPES && space.labelIds().isEmpty()) {
      throw new UserMistake(
          "%s cityscapes: expected data.labels = %s, found %s, whose classes have no Cityscapes ids"
              .formatted(asked, LabelSpace.CITYSCAPES19.name(), space.name()));
    }
  }

  /** As it is written in options: {@code train}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The ids by train id, of classes that have them. */
  int[] of(LabelSpace space) {
    return this == TRAIN
        ? IntStream.range(0, space.count()).toArray()
        : space.labelIds().orElseThrow();
  }

  /** Labels with these ids instead of train ids. */
  LabelMap apply(LabelMap trainIds, LabelSpace space) {
    if (this == TRAIN) {
      return trainIds;
    }
    int[] table = of(space);
    byte[] ids = new byte[trainIds.ids().length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) table[trainIds.ids()[i] & 0xFF];
    }
    return new LabelMap(trainIds.width(), trainIds.height(), ids);
  }

  /** {@code 0xRRGGBB} by id, 256 of them; black for ids of no class. */
  int[] palette(LabelSpace space) {
    int[] table = of(space);
    int[] colours = new int[256];
    for (int trainId = 0; trainId < table.length; trainId++) {
      colours[table[trainId]] = space.colour(trainId);
    }
    return colours;
  }
}
