package org.stylemining.data.digits;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.FolderListing;
import org.stylemining.dataset.Sample;
import org.stylemining.dataset.SampleFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

/**
 * What the sets of digits have in common: parts that are files below the root, samples by number,
 * reading by way of {@link DecodedFiles}.
 *
 * @param type of the data set
 * @param parts the words for {@code split}, in the order in which they are listed where none is
 *     asked for
 */
record DigitSet(String type, List<String> parts) {
  /**
   * Where a part of a set is stored.
   *
   * @param images file of the images
   * @param classes file of their classes; the same one where it holds both
   * @param part within the files; empty where they have none
   */
  record Stored(Path images, Path classes, String part, DigitFormat format) {}

  /** Finds a part's files. */
  interface Layout {
    /** The files of a part, empty where it is not there. */
    Optional<Stored> find(DatasetRoot root, String part) throws IOException;
  }

  /**
   * All samples of the part that is asked for, or of all parts that are there.
   *
   * @param expected names of files, for the message where there are none
   * @param labelled whether the samples have their labels
   */
  List<Sample> list(DatasetRoot root, Layout layout, String expected, boolean labelled)
      throws IOException {
    new FolderListing(root);
    if (root.split().isPresent() && !parts.contains(root.split().get())) {
      throw new UserMistake(
          "%s.split = %s: expected one of %s, or none for all that are there"
              .formatted(root.key(), root.split().get(), String.join(", ", parts)));
    }
    List<Sample> samples = new ArrayList<>();
    for (String part : root.split().map(List::of).orElse(parts)) {
      Optional<Stored> stored = layout.find(root, part);
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
      SampleFiles files = new RootFiles(root);
      count = decode(images, stored.part, stored.format, files).imageCount();
      int labels =
          labelled ? decode(classes, stored.part, stored.format, files).classCount() : count;
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

  RgbImage image(Sample sample, DigitFormat format, SampleFiles files)
      throws DamagedSample, IOException {
    ImagePlace place = place(sample.image());
    Digits digits = decode(place.file(), place.part(), format, files);
    return digits.image(within(place, digits.imageCount()));
  }

  LabelMap label(Sample sample, DigitFormat format, SampleFiles files)
      throws DamagedSample, IOException {
    ImagePlace place =
        place(
            sample
                .label()
                .orElseThrow(() -> new IllegalArgumentException(sample.image() + " has no label")));
    Digits digits = decode(place.file(), place.part(), format, files);
    return digits.label(within(place, digits.classCount()));
  }

  private static Digits decode(String file, String part, DigitFormat format, SampleFiles files)
      throws DamagedSample, IOException {
    return DecodedFiles.shared().get(file, part, format, files);
  }

  static ImagePlace place(String uri) {
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

  /** Files on the root's file system. */
  private record RootFiles(DatasetRoot root) implements SampleFiles {
    @Override
    public byte[] bytes(String uri) throws DamagedSample, IOException {
      try (FSDataInputStream in = root.files().open(new Path(uri))) {
        return in.readAllBytes();
      } catch (FileNotFoundException e) {
        throw new DamagedSample(uri, "the file is gone since the set was listed", e);
      }
    }

    @Override
    public byte[] bytes(String uri, long from, int length) throws DamagedSample, IOException {
      throw new UnsupportedOperationException("files of digits are decoded as a whole");
    }
  }
}
