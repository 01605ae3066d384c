package org.stylemining.data;

import org.stylemining.dataset.LabelSpace;
import org.stylemining.dataset.LabelTable;

/**
 * SYNTHIA-RAND-CITYSCAPES (Ros et al. 2016): {@code RGB/0000000.png} and 16-bit PNGs {@code
 * GT/LABELS/0000000.png} with the class in the first channel.
 */
public final class SynthiaDataset extends PairedSet {
  /** Classes 0..22 exist; void, parking slot, road work and lane marking are not scored. */
  private static final int KNOWN = 23;

  /** By Cityscapes' train ids. */
  private static final int[] VALUES = {
    3, 4, 2, 21, 5, 7, 15, 9, 6, 16, 1, 10, 17, 8, 18, 19, 20, 12, 11
  };

  private static final LabelTable TABLE =
      PublishedTable.of(LabelSpace.CITYSCAPES19, 16, 3, KNOWN, VALUES);

  public SynthiaDataset() {
    super(new PairedFolders("synthia", "RGB", "", "GT/LABELS", ""), TABLE, false);
  }
}
