package org.example.pnm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;
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
 * Images {@code X.ppm} with labels {@code X.pgm} beside them, in one folder: labels are Cityscapes
 * ids (7 road, 8 sidewalk, ...), and every other value is ignored.
 */
public final class PnmDataset implements Dataset {
  private static final String IMAGE = ".ppm";
  private static final String LABEL = ".pgm";
  private static final LabelSpace SPACE = LabelSpace.CITYSCAPES19;

  @Override
  public String type() {
    return "pnm";
  }

  /** None: the labels are no PNG files, so {@link #labels} reads them. */
  @Override
  public Optional<LabelTable> table() {
    return Optional.empty();
  }

  @Override
  public Optional<LabelSpace> space() {
    return Optional.of(SPACE);
  }

  @Override
  public List<Sample> list(DatasetRoot root) throws IOException {
    Set<String> files = files(root);
    List<Sample> samples = new ArrayList<>();
    List<String> bare = new ArrayList<>();
    for (Sample image : images(root)) {
      String label = withoutType(image.image()) + LABEL;
      if (files.contains(label)) {
        samples.add(new Sample(type(), image.image(), Optional.of(label), root.sourceIndex()));
      } else {
        bare.add(image.image());
      }
    }
    if (!bare.isEmpty()) {
      throw new UserMistake(
          "%s.root = %s (pnm): images without a .pgm beside them: %s"
              .formatted(root.key(), root.root(), FolderListing.firstFew(bare)));
    }
    return samples;
  }

  @Override
  public List<Sample> images(DatasetRoot root) throws IOException {
    List<Sample> samples =
        files(root).stream()
            .filter(file -> file.endsWith(IMAGE))
            .map(file -> new Sample(type(), file, Optional.empty(), root.sourceIndex()))
            .toList();
    if (samples.isEmpty()) {
      throw new UserMistake(
          "%s.root = %s (pnm): holds no .ppm image".formatted(root.key(), root.root()));
    }
    return samples;
  }

  @Override
  public RgbImage image(Sample sample, SampleFiles files) throws DamagedSample, IOException {
    Pnm pnm = Pnm.read(sample.image(), files.bytes(sample.image()), 3);
    return new RgbImage(pnm.width(), pnm.height(), pnm.samples());
  }

  @Override
  public LabelMap labels(Sample sample, SampleFiles files) throws DamagedSample, IOException {
    String label = sample.label().orElseThrow();
    Pnm pnm = Pnm.read(label, files.bytes(label), 1);
    byte[] trainIds = trainIds();
    byte[] ids = new byte[pnm.samples().length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = trainIds[pnm.samples()[i] & 0xFF];
    }
    return new LabelMap(pnm.width(), pnm.height(), ids);
  }

  /** Train id by stored value. */
  private static byte[] trainIds() {
    byte[] table = new byte[256];
    Arrays.fill(table, (byte) LabelMap.IGNORE);
    int[] stored = SPACE.labelIds().orElseThrow();
    for (int trainId = 0; trainId < stored.length; trainId++) {
      table[stored[trainId]] = (byte) trainId;
    }
    return table;
  }

  private Set<String> files(DatasetRoot root) throws IOException {
    root.refuseSplit(type());
    Set<String> files = new TreeSet<>();
    for (Path file : new FolderListing(root).all()) {
      files.add(file.toString());
    }
    return files;
  }

  private static String withoutType(String path) {
    return path.substring(0, path.length() - IMAGE.length());
  }
}
