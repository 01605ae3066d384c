package org.stylemining.data.digits;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.dataset.LabelTable;
import org.stylemining.dataset.Sample;
import org.stylemining.dataset.SampleFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

/**
 * MNIST (LeCun et al. 1998): {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte} and
 * the same for {@code t10k}, compressed by gzip or not. Grey digits of 28x28.
 */
public final class MnistDataset implements Dataset {
  private static final DigitFormat FORMAT = new IdxFormat();
  private static final DigitSet SET = new DigitSet("mnist", List.of("train", "test"));

  @Override
  public String type() {
    return SET.type();
  }

  @Override
  public Optional<LabelTable> table() {
    return Optional.empty();
  }

  @Override
  public Optional<LabelSpace> space() {
    return Optional.of(LabelSpace.DIGITS10);
  }

  @Override
  public boolean labelsWholeImages() {
    return true;
  }

  @Override
  public List<Sample> list(DatasetRoot root) throws IOException {
    return list(root, true);
  }

  @Override
  public List<Sample> images(DatasetRoot root) throws IOException {
    return list(root, false);
  }

  private static List<Sample> list(DatasetRoot root, boolean labelled) throws IOException {
    return SET.list(
        root,
        (place, part) -> find(place, part, labelled),
        "train-images-idx3-ubyte and train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, or the same with .gz",
        labelled);
  }

  private static Optional<DigitSet.Stored> find(DatasetRoot root, String part, boolean labelled)
      throws IOException {
    String prefix = part.equals("train") ? "train" : "t10k";
    Optional<Path> images = DigitSet.file(root, names(prefix + "-images", "idx3-ubyte"));
    Optional<Path> classes = DigitSet.file(root, names(prefix + "-labels", "idx1-ubyte"));
    if (images.isEmpty()) {
      return Optional.empty();
    }
    if (labelled && classes.isEmpty()) {
      throw new UserMistake(
          "%s.root = %s (mnist): expected %s-labels-idx1-ubyte or the same with .gz beside %s, found neither"
              .formatted(root.key(), root.root(), prefix, images.get().getName()));
    }
    return Optional.of(new DigitSet.Stored(images.get(), classes.orElse(images.get()), "", FORMAT));
  }

  /** Some tools write the last dash as a dot. */
  private static List<String> names(String start, String end) {
    return List.of(
        start + "-" + end, start + "-" + end + ".gz", start + "." + end, start + "." + end + ".gz");
  }

  @Override
  public RgbImage image(Sample sample, SampleFiles files) throws DamagedSample, IOException {
    return SET.image(sample, FORMAT, files);
  }

  @Override
  public LabelMap labels(Sample sample, SampleFiles files) throws DamagedSample, IOException {
    return SET.label(sample, FORMAT, files);
  }
}
