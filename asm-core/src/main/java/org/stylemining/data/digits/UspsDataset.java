package org.stylemining.data.digits;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.stylemining.dataset.DatasetRoot;

/**
 * USPS (Hull 1994), grey digits of 16x16, in one of the forms it is published in. Where a folder
 * has several, the first of these is read: {@code usps.h5}; {@code usps} and {@code usps.t} of
 * LIBSVM, plain or {@code .bz2}; {@code zip.train} and {@code zip.test}, plain or {@code .gz}.
 */
public final class UspsDataset extends DigitSet {
  private static final DigitFormat HDF5 = new UspsHdf5();

  public UspsDataset() {
    super(
        "usps",
        List.of("train", "test"),
        "usps.h5, usps and usps.t (or the same with .bz2), or zip.train and zip.test (or the same with .gz)");
  }

  @Override
  Optional<Stored> find(DatasetRoot root, String part, boolean labelled) throws IOException {
    boolean train = part.equals("train");
    String libSvm = train ? "usps" : "usps.t";
    String zipCode = train ? "zip.train" : "zip.test";
    return file(root, List.of("usps.h5", libSvm, libSvm + ".bz2", zipCode, zipCode + ".gz"))
        .map(path -> new Stored(path, path, format(path.toString()) == HDF5 ? part : ""));
  }

  @Override
  DigitFormat format(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    if (name.equals("usps.h5")) {
      return HDF5;
    }
    return name.startsWith("zip.") ? UspsText.ZIP_CODE : UspsText.LIBSVM;
  }
}
