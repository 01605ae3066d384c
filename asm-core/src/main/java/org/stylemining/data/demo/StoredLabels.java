package org.stylemining.data.demo;

import java.util.Map;
import org.stylemining.data.Datasets;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.image.LabelMap;

/** Train ids as the sets' label files store them: their tables the other way round. */
final class StoredLabels {
  private static final int[] CITYSCAPES = inverse("cityscapes");
  private static final int[] SYNTHIA = inverse("synthia");

  private StoredLabels() {}

  static LabelMap cityscapesIds(LabelMap trainIds) {
    byte[] ids = new byte[trainIds.ids().length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) CITYSCAPES[trainIds.ids()[i]];
    }
    return new LabelMap(trainIds.width(), trainIds.height(), ids);
  }

  /** The Cityscapes colour of every Cityscapes id, as GTA5's palette has it. */
  static int[] idPalette() {
    int[] palette = new int[256];
    for (int trainId = 0; trainId < CITYSCAPES.length; trainId++) {
      palette[CITYSCAPES[trainId]] = LabelSpace.CITYSCAPES19.colour(trainId);
    }
    return palette;
  }

  /** Class in the first channel; the second, which holds instances in SYNTHIA, stays 0. */
  static int[][] synthiaChannels(LabelMap trainIds) {
    int[][] channels = new int[3][trainIds.ids().length];
    for (int i = 0; i < channels[0].length; i++) {
      channels[0][i] = SYNTHIA[trainIds.ids()[i]];
    }
    return channels;
  }

  private static int[] inverse(String type) {
    Dataset dataset = Datasets.installed().get("type", type);
    int[] stored = new int[LabelSpace.CITYSCAPES19.count()];
    for (Map.Entry<Integer, Integer> entry : dataset.table().orElseThrow().trainIds().entrySet()) {
      if (entry.getValue() != LabelMap.IGNORE) {
        stored[entry.getValue()] = entry.getKey();
      }
    }
    return stored;
  }
}
