package org.stylemining.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.stylemining.config.UserMistake;

/**
 * A kind of data set: its layout and the meaning of its labels. Implementations are found by {@link
 * java.util.ServiceLoader}; they have a public constructor without parameters and no state.
 */
public interface Dataset {
  /** The word for it in a configuration, such as {@code gta5}. */
  String type();

  /** What its label values mean; empty for sets without labels. */
  Optional<LabelTable> table();

  /**
   * The labelled samples, sorted by path: the same files give the same list.
   *
   * @throws UserMistake naming the folder or the files where the folder is missing or holds no
   *     image, where an image has no label or a label no image, or where the set has no labels at
   *     all
   * @throws IOException where the file system fails
   */
  List<Sample> list(DatasetRoot root) throws IOException;

  /**
   * All its images, sorted by path, whether they have labels or not; the samples have none.
   *
   * @throws UserMistake naming the folder where it is missing or holds no image
   * @throws IOException where the file system fails
   */
  List<Sample> images(DatasetRoot root) throws IOException;
}
