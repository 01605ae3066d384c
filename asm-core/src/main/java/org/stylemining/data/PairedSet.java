package org.stylemining.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.LabelTable;
import org.stylemining.dataset.Sample;

/** A published data set in {@link PairedFolders}. */
abstract class PairedSet implements Dataset {
  private final PairedFolders folders;
  private final LabelTable table;
  private final boolean split;

  /**
   * @param split whether there are parts that a configuration may choose
   */
  PairedSet(PairedFolders folders, LabelTable table, boolean split) {
    this.folders = folders;
    this.table = table;
    this.split = split;
  }

  @Override
  public final String type() {
    return folders.type();
  }

  @Override
  public final Optional<LabelTable> table() {
    return Optional.of(table);
  }

  @Override
  public final List<Sample> list(DatasetRoot root) throws IOException {
    checkSplit(root);
    return folders.list(root);
  }

  @Override
  public final List<Sample> images(DatasetRoot root) throws IOException {
    checkSplit(root);
    return folders.images(root);
  }

  private void checkSplit(DatasetRoot root) {
    if (!split) {
      root.refuseSplit(type());
    }
  }
}
