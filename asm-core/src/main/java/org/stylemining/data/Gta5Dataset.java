package org.stylemining.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.LabelTable;
import org.stylemining.dataset.Sample;

/**
 * GTA5 (Richter et al. 2016): {@code images/00001.png} and palette PNGs {@code labels/00001.png} of
 * Cityscapes ids.
 */
public final class Gta5Dataset implements Dataset {
  private static final LabelTable TABLE = CityscapesIds.table();
  private static final PairedFolders FOLDERS =
      new PairedFolders("gta5", "images", "", "labels", "");

  @Override
  public String type() {
    return "gta5";
  }

  @Override
  public Optional<LabelTable> table() {
    return Optional.of(TABLE);
  }

  @Override
  public List<Sample> list(DatasetRoot root) throws IOException {
    root.refuseSplit(type());
    return FOLDERS.list(root);
  }

  @Override
  public List<Sample> images(DatasetRoot root) throws IOException {
    root.refuseSplit(type());
    return FOLDERS.images(root);
  }
}
