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
 * SYNTHIA-RAND-CITYSCAPES (Ros et al. 2016): {@code RGB/0000000.png} and 16-bit PNGs {@code
 * GT/LABELS/0000000.png} with the class in the first channel.
 */
public final class SynthiaDataset implements Dataset {
  /** Classes 0..22 exist; void, parking slot, road work and lane marking are not scored. */
  private static final int KNOWN = 23;

  private static final LabelTable TABLE =
      PublishedTable.of(
          LabelSpace.CITYSCAPES19,
          16,
          3,
          KNOWN,
          3,
          0,
          4,
          1,
          2,
          2,
          21,
          3,
          5,
          4,
          7,
          5,
          15,
          6,
          9,
          7,
          6,
          8,
          16,
          9,
          1,
          10,
          10,
          11,
          17,
          12,
          8,
          13,
          18,
          14,
          19,
          15,
          20,
          16,
          12,
          17,
          11,
          18);
  private static final PairedFolders FOLDERS =
      new PairedFolders("synthia", "RGB", "", "GT/LABELS", "");

  @Override
  public String type() {
    return "synthia";
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
