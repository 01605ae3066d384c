package org.stylemining.data.digits;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.DatasetRoot;

/**
 * MNIST (LeCun et al. 1998): {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte} and
 * the same for {@code t10k}, compressed by gzip or not. Grey digits of 28x28.
 */
public final class MnistDataset extends DigitSet {
  private static final DigitFormat FORMAT = new IdxFormat();

  public MnistDataset() {
    super(
        "mnist",
        List.of("train", "test"),
        "train-images-idx3-ubyte and train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, or the same with .gz");
  }

  @Override
  Optional<Stored> find(DatasetRoot root, String part, boolean labelled) throws IOException {
    String prefix = part.equals("train") ? "train" : "t10k";
    Optional<Path> images = file(root, names(prefix + "-images", "idx3-ubyte"));
    Optional<Path> classes = file(root, names(prefix + "-labels", "idx1-ubyte"));
    if (images.isEmpty()) {
      return Optional.empty();
    }
    if (labelled && classes.isEmpty()) {
      throw new UserMistake(
          "%s.root = %s (mnist): expected %s-labels-idx1-ubyte or the same with .gz beside %s, found neither"
              .formatted(root.key(), root.root(), prefix, images.get().getName()));
    }
    return Optional.of(new Stored(images.get(), classes.orElse(images.get()), ""));
  }

  /** Some tools write the last dash as a dot. */
  private static List<String> names(String start, String end) {
    return List.of(
        start + "-" + end, start + "-" + end + ".gz", start + "." + end, start + "." + end + ".gz");
  }

  @Override
  DigitFormat format(String file) {
    return FORMAT;
  }
}
