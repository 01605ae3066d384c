package org.stylemining.data.digits;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
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
 * USPS (Hull 1994), grey digits of 16x16, in one of the forms it is published in. Where a folder
 * has several, the first of these is read: {@code usps.h5}; {@code usps} and {@code usps.t} of
 * LIBSVM, plain or {@code .bz2}; {@code zip.train} and {@code zip.test}, plain or {@code .gz}.
 */
public final class UspsDataset implements Dataset {
  private static final DigitFormat HDF5 = new UspsHdf5();
  private static final DigitSet SET = new DigitSet("usps", List.of("train", "test"));

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
        UspsDataset::find,
        "usps.h5, usps and usps.t (or the same with .bz2), or zip.train and zip.test (or the same with .gz)",
        labelled);
  }

  private static Optional<DigitSet.Stored> find(DatasetRoot root, String part) throws IOException {
    boolean train = part.equals("train");
    String libSvm = train ? "usps" : "usps.t";
    String zipCode = train ? "zip.train" : "zip.test";
    Optional<Path> file =
        DigitSet.file(root, List.of("usps.h5", libSvm, libSvm + ".bz2", zipCode, zipCode + ".gz"));
    return file.map(
        path -> {
          DigitFormat format = format(path.toString());
          return new DigitSet.Stored(path, path, format == HDF5 ? part : "", format);
        });
  }

  private static DigitFormat format(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    if (name.equals("usps.h5")) {
      return HDF5;
    }
    return name.startsWith("zip.") ? UspsText.ZIP_CODE : UspsText.LIBSVM;
  }

  @Override
  public RgbImage image(Sample sample, SampleFiles files) throws DamagedSample, IOException {
    return SET.image(sample, format(DigitSet.place(sample.image()).file()), files);
  }

  @Override
  public LabelMap labels(Sample sample, SampleFiles files) throws DamagedSample, IOException {
    return SET.label(sample, format(DigitSet.place(sample.image()).file()), files);
  }
}
