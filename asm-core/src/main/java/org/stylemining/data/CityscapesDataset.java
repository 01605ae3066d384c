package org.stylemining.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.LabelTable;
import org.stylemining.dataset.Sample;

/**
 * Cityscapes (Cordts et al. 2016): {@code leftImg8bit/PART/CITY/X_leftImg8bit.png} and {@code
 * gtFine/PART/CITY/X_gtFine_labelIds.png}, PART one of train, val and test.
 */
public final class CityscapesDataset implements Dataset {
  private static final LabelTable TABLE = CityscapesIds.table();
  private static final PairedFolders FOLDERS =
      new PairedFolders("cityscapes", "leftImg8bit", "_leftImg8bit", "gtFine", "_gtFine_labelIds");

  @Override
  public String type() {
    return "cityscapes";
  }

  @Override
  public Optional<LabelTable> table() {
    return Optional.of(TABLE);
  }

  @Override
  public List<Sample> list(DatasetRoot root) throws IOException {
    return FOLDERS.list(root);
  }

  @Override
  public List<Sample> images(DatasetRoot root) throws IOException {
    return FOLDERS.images(root);
  }
}
