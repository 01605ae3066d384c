package org.stylemining.data.demo;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.Seeds;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;

/**
 * Draws a demo's data below one folder: the sources {@code gta5} and {@code synthia} and the target
 * {@code cityscapes}, each in its set's own layout and label encoding.
 */
public final class DemoData {
  private static final String[] VAL_CITIES = {"hazeburg", "novemberg"};

  private final FileSystem files;
  private final Path out;
  private final DemoOptions options;

  private DemoData(FileSystem files, Path out, DemoOptions options) {
    this.files = files;
    this.out = out;
    this.options = options;
  }

  /**
   * Writes the three sets into {@code out/gta5}, {@code out/synthia} and {@code out/cityscapes}.
   *
   * @throws IOException where the file system fails
   */
  public static void write(Path out, DemoOptions options, Configuration hadoop) throws IOException {
    DemoData data = new DemoData(out.getFileSystem(hadoop), out, options);
    try {
      IntStream.range(0, options.perSource()).parallel().forEach(data::writeSources);
      IntStream.range(0, options.target()).parallel().forEach(data::writeTarget);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void writeSources(int index) {
    try {
      writeGta5(index);
      writeSynthia(index);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeTarget(int index) {
    try {
      writeCityscapes(index);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeGta5(int index) throws IOException {
    LabelledImage scene = scene(0, index, Look.SUNNY);
    String name = "%05d.png".formatted(index + 1);
    write("gta5/images/" + name, ImageFiles.encodePng(scene.image()));
    write(
        "gta5/labels/" + name,
        ImageFiles.encodePalettePng(
            StoredLabels.cityscapesIds(scene.labels()), StoredLabels.idPalette()));
  }

  private void writeSynthia(int index) throws IOException {
    LabelledImage scene = scene(1, index, Look.RENDERED);
    String name = "%07d.png".formatted(index);
    LabelMap labels = scene.labels();
    write("synthia/RGB/" + name, ImageFiles.encodePng(scene.image()));
    write(
        "synthia/GT/LABELS/" + name,
        ImageFiles.encodeRgb16Png(
            labels.width(), labels.height(), StoredLabels.synthiaChannels(labels)));
  }

  private void writeCityscapes(int index) throws IOException {
    LabelledImage scene = scene(2, index, Look.DUSK);
    boolean train = index < options.targetTrain();
    String city = train ? "duskstadt" : VAL_CITIES[index % VAL_CITIES.length];
    String name = "%s/%s/%s_%06d_000019".formatted(train ? "train" : "val", city, city, index);
    write(
        "cityscapes/leftImg8bit/" + name + "_leftImg8bit.png", ImageFiles.encodePng(scene.image()));
    write(
        "cityscapes/gtFine/" + name + "_gtFine_labelIds.png",
        ImageFiles.encodeGreyPng(StoredLabels.cityscapesIds(scene.labels())));
  }

  private LabelledImage scene(int set, int index, Look look) {
    SplittableRandom random = new SplittableRandom(Seeds.mix(options.seed(), set, index));
    Canvas canvas = new Canvas(options.width(), options.height(), look);
    StreetScene.paint(canvas, random, index % 6);
    return new LabelledImage(Finish.apply(canvas.image(), look, random), canvas.labels());
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path path = new Path(out, name);
    if (files instanceof LocalFileSystem local) {
      // Hadoop would start a process for every local file's permissions and add a checksum file.
      File file = local.pathToFile(path);
      Files.createDirectories(file.getParentFile().toPath());
      Files.write(file.toPath(), bytes);
      return;
    }
    try (OutputStream stream = files.create(path, true)) {
      stream.write(bytes);
    }
  }
}
