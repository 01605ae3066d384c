package org.stylemining.data.digits;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.stylemining.dataset.DatasetRoot;

/**
 * SVHN (Netzer et al. 2011), house numbers, cropped to coloured digits of 32x32: {@code
 * train_32x32.mat}, {@code test_32x32.mat}, {@code extra_32x32.mat}.
 */
public final class SvhnDataset extends DigitSet {
  private static final DigitFormat FORMAT = new SvhnMat();

  public SvhnDataset() {
    super(
        "svhn",
        List.of("train", "test", "extra"),
        "train_32x32.mat, test_32x32.mat or extra_32x32.mat");
  }

  @Override
  Optional<Stored> find(DatasetRoot root, String part, boolean labelled) throws IOException {
    return file(root, List.of(part + "_32x32.mat")).map(path -> new Stored(path, path, ""));
  }

  @Override
  DigitFormat format(String file) {
    return FORMAT;
  }
}
