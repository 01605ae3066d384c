package org.stylemining.serving;

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
   * The ids by train id.
   *
   * @throws UserMistake where the classes are not Cityscapes'
   */
  public int[] of(LabelSpace space) {
    if (this == TRAIN) {
      return IntStream.range(0, space.count()).toArray();
    }
    return space
        .labelIds()
        .orElseThrow(
            () ->
                new UserMistake(
                    "--ids cityscapes: expected data.labels = %s, found %s, whose classes have no Cityscapes ids"
                        .formatted(LabelSpace.CITYSCAPES19.name(), space.name())));
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
