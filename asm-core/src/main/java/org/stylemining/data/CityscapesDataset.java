package org.stylemining.data;

/**
 * Cityscapes (Cordts et al. 2016): {@code leftImg8bit/PART/CITY/X_leftImg8bit.png} and {@code
 * gtFine/PART/CITY/X_gtFine_labelIds.png}, PART one of train, val and test.
 */
public final class CityscapesDataset extends PairedSet {
  public CityscapesDataset() {
    super(
        new PairedFolders(
            "cityscapes", "leftImg8bit", "_leftImg8bit", "gtFine", "_gtFine_labelIds"),
        CityscapesIds.TABLE,
        true);
  }
}
