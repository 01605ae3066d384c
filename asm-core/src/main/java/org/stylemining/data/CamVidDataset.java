package org.stylemining.data;

import java.util.stream.IntStream;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.dataset.LabelTable;

/**
 * CamVid (Brostow et al. 2008) as SegNet splits and groups it: {@code images/X.png} and grey PNGs
 * {@code labels/X.png} of 0..11, 11 = unlabelled.
 */
public final class CamVidDataset extends PairedSet {
  /** Classes 0..10 and unlabelled. */
  private static final int KNOWN = 12;

  private static final LabelTable TABLE =
      PublishedTable.of(LabelSpace.CAMVID11, 8, 1, KNOWN, IntStream.range(0, KNOWN - 1).toArray());

  public CamVidDataset() {
    super(new PairedFolders("camvid", "images", "", "labels", ""), TABLE, false);
  }
}
