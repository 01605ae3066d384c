package org.stylemining.data.digits;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
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
 * SVHN (Netzer et al. 2011), house numbers, cropped to coloured digits of 32x32: {@code
 * train_32x32.mat}, {@code test_32x32.mat}, {@code extra_32x32.mat}.
 */
public final class SvhnDataset implements Dataset {
  private static final DigitFormat FORMAT = new SvhnMat();
  private static final DigitSet SET = new DigitSet("svhn", List.of("train", "test", "extra"));

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
        (place, part) ->
            DigitSet.file(place, List.of(part + "_32x32.mat"))
                .map(path -> new DigitSet.Stored(path, path, "", FORMAT)),
        "train_32x32.mat, test_32x32.mat or extra_32x32.mat",
        labelled);
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
