package org.stylemining.data.digits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;
import org.stylemining.data.HadoopFiles;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.FolderListing;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.dataset.LabelTable;
import org.stylemining.dataset.Sample;
import org.stylemining.dataset.SampleFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

/**
 * What the sets of digits have in common: parts that are files below the root, samples by number,
 * classes of whole images, reading by way of {@link DecodedFiles}.
 */
abstract class DigitSet implements Dataset {
  private final String type;
  private final List<String> parts;
  private final String expected;

  /**
   * @param type of the data set
   * @param parts the words for {@code split}, in the order in which they are listed where none is
   *     asked for
   * @param expected names of files, for the message where there are none
   */
  DigitSet(String type, List<String> parts, String expected) {
    this.type = type;
    this.parts = parts;
    this.expected = expected;
  }

  /**
   * The files of a part, empty where it is not there.
   *
   * @param labelled whether its classes are needed
   */
  abstract Optional<Stored> find(DatasetRoot root, String part, boolean labelled)
      throws IOException;

  /** How a file of the set is stored. */
  abstract DigitFormat format(String file);

  @Override
  public final String type() {
    return type;
  }

  @Override
  public final Optional<LabelTable> table() {
    return Optional.empty();
  }

  @Override
  public final Optional<LabelSpace> space() {
    return Optional.of(LabelSpace.DIGITS10);
  }

  @Override
  public final boolean labelsWholeImages() {
    return true;
  }

  @Override
  public final List<Sample> list(DatasetRoot root) throws IOException {
    return list(root, true);
  }

  @Override
  public final List<Sample> images(DatasetRoot root) throws IOException {
    return list(root, false);
  }

  /**
   * Where a part of a set is stored.
   *
   * @param images file of the images
   * @param classes file of their classes; the same one where it holds both
   * @param part within the files; empty where they have none
   */
  record Stored(Path images, Path classes, String part) {}

  /** All samples of the part that is asked for, or of all parts that are there. */
  private List<Sample> list(DatasetRoot root, boolean labelled) throws IOException {
    new FolderListing(root);
    if (root.split().isPresent() && !parts.contains(root.split().get())) {
      throw new UserMistake(
          "%s.split = %s: expected one of %s, or none for all that are there"
              .formatted(root.key(), root.split().get(), String.join(", ", parts)));
    }
    List<Sample> samples = new ArrayList<>();
    for (String part : root.split().map(List::of).orElse(parts)) {
      Optional<Stored> stored = find(root, part, labelled);
      if (stored.isPresent()) {
        samples.addAll(samples(root, stored.get(), labelled));
      }
    }
    if (samples.isEmpty()) {
      throw new UserMistake(
          "%s.root = %s (%s): expected %s%s, found none of them"
              .formatted(
                  root.key(),
                  root.root(),
                  type,
                  expected,
                  root.split().map(split -> " of the part " + split).orElse("")));
    }
    return samples;
  }

  private List<Sample> samples(DatasetRoot root, Stored stored, boolean labelled)
      throws IOException {
    String images = stored.images.toString();
    String classes = stored.classes.toString();
    int count;
    try {
      SampleFiles files = new HadoopFiles(root.files().getConf());
      count = decode(images, stored.part, files).imageCount();
      int labels = labelled ? decode(classes, stored.part, files).classCount() : count;
      if (count == 0 || labels != count) {
        throw new DamagedSample(
            classes, "%d classes for %d images in %s".formatted(labels, count, images));
      }
    } catch (DamagedSample e) {
      throw new UserMistake(
          "%s.root = %s (%s): %s".formatted(root.key(), root.root(), type, e.getMessage()), e);
    }
    List<Sample> samples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String image = new ImagePlace(images, stored.part, i).toString();
      Optional<String> label = Optional.empty();
      if (labelled) {
        label =
            Optional.of(
                classes.equals(images)
                    ? image
                    : new ImagePlace(classes, stored.part, i).toString());
      }
      samples.add(new Sample(type, image, label, root.sourceIndex()));
    }
    return samples;
  }

  @Override
  public final RgbImage image(Sample sample, SampleFiles files) throws DamagedSample, IOException {
    ImagePlace place = place(sample.image());
    Digits digits = decode(place.file(), place.part(), files);
    return digits.image(within(place, digits.imageCount()));
  }

  @Override
  public final LabelMap labels(Sample sample, SampleFiles files) throws DamagedSample, IOException {
    ImagePlace place =
        place(
            sample
                .label()
                .orElseThrow(() -> new IllegalArgumentException(sample.image() + " has no label")));
    Digits digits = decode(place.file(), place.part(), files);
    return digits.label(within(place, digits.classCount()));
  }

  private Digits decode(String file, String part, SampleFiles files)
      throws DamagedSample, IOException {
    return DecodedFiles.shared().get(file, part, format(file), files);
  }

  private static ImagePlace place(String uri) {
    return ImagePlace.of(uri)
        .orElseThrow(() -> new IllegalArgumentException("expected FILE#NUMBER, found " + uri));
  }

  private static int within(ImagePlace place, int count) throws DamagedSample {
    if (place.index() >= count) {
      throw new DamagedSample(
          place.file(), "holds %d images, %s is none of them".formatted(count, place));
    }
    return place.index();
  }

  /** The first of some names that the root has a file of. */
  static Optional<Path> file(DatasetRoot root, List<String> names) throws IOException {
    for (String name : names) {
      Path path = new Path(root.root(), name);
      if (root.files().exists(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }
}
