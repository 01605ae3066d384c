package org.stylemining.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.dataset.LabelTable;
import org.stylemining.dataset.Sample;

/**
 * CamVid (Brostow et al. 2008) as SegNet splits and groups it: {@code images/X.png} and grey PNGs
 * {@code labels/X.png} of 0..11, 11 = unlabelled.
 */
public final class CamVidDataset implements Dataset {
  private static final LabelTable TABLE =
      PublishedTable.of(
          LabelSpace.CAMVID11,
          8,
          1,
          12,
          0,
          0,
          1,
          1,
          2,
          2,
          3,
          3,
          4,
          4,
          5,
          5,
          6,
          6,
          7,
          7,
          8,
          8,
          9,
          9,
          10,
          10);
  private static final PairedFolders FOLDERS =
      new PairedFolders("camvid", "images", "", "labels", "");

  @Override
  public String type() {
    return "camvid";
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
