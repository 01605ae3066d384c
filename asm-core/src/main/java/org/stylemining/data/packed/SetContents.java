package org.stylemining.data.packed;

import java.io.IOException;
import java.util.List;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.Sample;

/** What lies below a set's root, in whatever way. */
interface SetContents {
  /** As {@link Dataset#list}, with the URIs that the files are read by. */
  List<Sample> labelled(Dataset dataset) throws IOException;

  /** As {@link Dataset#images}, with the URIs that the files are read by. */
  List<Sample> images(Dataset dataset) throws IOException;

  /**
   * The file that a sample's URI names.
   *
   * @throws org.stylemining.config.UserMistake where it is no file below the root
   */
  SetFile file(String uri) throws IOException;

  /** Number of shards; 0 for files in folders. */
  int shards();

  /** Bytes of the shards. */
  long bytes();
}
