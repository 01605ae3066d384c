package org.stylemining.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.stylemining.config.UserMistake;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.image.UnreadableImage;

/**
 * A kind of data set: its layout, how its files are read and what its labels mean. Implementations
 * are found by {@link java.util.ServiceLoader} on the driver and on every executor; they have a
 * public constructor without parameters, and are used by several threads at a time.
 *
 * <p>A set of images (PNG or JPEG) with label files (PNG) has to be listed, and its label values
 * told by {@link #table}. A set of another format overrides {@link #image} and {@link #labels}
 * besides, and {@link #space} where it has no table.
 */
public interface Dataset {
  /** The word for it in a configuration, such as {@code gta5}. */
  String type();

  /**
   * What the values in its label files mean; empty for sets without labels, and for those that read
   * their labels in their own way ({@link #labels}).
   */
  Optional<LabelTable> table();

  /** The classes of its labels; empty for sets without labels. */
  default Optional<LabelSpace> space() {
    return table().map(LabelTable::space);
  }

  /**
   * Whether a label is the class of a whole image, one pixel, instead of a class for each pixel.
   */
  default boolean labelsWholeImages() {
    return false;
  }

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

  /**
   * The image of a sample, in the size it is stored in. This way of reading decodes the PNG or JPEG
   * that {@link Sample#image} names.
   *
   * @param sample one that {@link #list} or {@link #images} returned, here or on another machine
   * @param files gives the bytes of files
   * @throws DamagedSample where the file is missing or not such an image: the sample is left out
   *     and counted
   * @throws IOException where the file system fails: the reading is repeated, and at last the run
   *     fails
   */
  default RgbImage image(Sample sample, SampleFiles files) throws DamagedSample, IOException {
    byte[] file = files.bytes(sample.image());
    try {
      return ImageFiles.decodeRgb(file);
    } catch (UnreadableImage e) {
      throw new DamagedSample(sample.image(), e.getMessage(), e);
    }
  }

  /**
   * The labels of a sample as train ids, the places of the classes in {@link #space}: a map of the
   * image's size, or of one pixel where {@link #labelsWholeImages}. This way of reading maps the
   * values of the PNG that {@link Sample#label} names by {@link #table}.
   *
   * @param sample one that {@link #list} returned, here or on another machine
   * @param files gives the bytes of files
   * @throws DamagedSample where the file is missing or not such a label: the sample is left out and
   *     counted
   * @throws IOException where the file system fails: the reading is repeated, and at last the run
   *     fails
   */
  default LabelMap labels(Sample sample, SampleFiles files) throws DamagedSample, IOException {
    String path =
        sample
            .label()
            .orElseThrow(() -> new IllegalArgumentException(sample.image() + " has no labels"));
    LabelTable table =
        table().orElseThrow(() -> new IllegalArgumentException(type() + " has no labels"));
    byte[] file = files.bytes(path);
    try {
      return table.read(file);
    } catch (UnreadableImage e) {
      throw new DamagedSample(path, e.getMessage(), e);
    }
  }
}
