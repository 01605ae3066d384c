package org.stylemining.data;

/**
 * GTA5 (Richter et al. 2016): {@code images/00001.png} and palette PNGs {@code labels/00001.png} of
 * Cityscapes ids.
 */
public final class Gta5Dataset extends PairedSet {
  public Gta5Dataset() {
    super(new PairedFolders("gta5", "images", "", "labels", ""), CityscapesIds.TABLE, false);
  }
}
