package org.stylemining.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RawLabels;
import org.stylemining.image.Resize;
import org.stylemining.image.RgbImage;
import org.stylemining.image.UnreadableImage;
import org.stylemining.report.PredictionPanel;
import org.stylemining.report.PredictionSample;
import org.stylemining.report.StripImage;

/** Pictures for a cell's output; the last value of a cell is shown by itself. */
public final class Pictures {
  /** Between two rows, in pixels, as between two columns. */
  private static final int GAP = 4;

  private static final byte GAP_GREY = (byte) 0x80;

  private Pictures() {}

  /** The PNG files of a local folder and all folders below it, by name. */
  public static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
  }

  /** A local PNG or JPEG file. */
  public static RgbImage read(Path file) throws IOException, UnreadableImage {
    return ImageFiles.decodeRgb(Files.readAllBytes(file));
  }

  /** An image of another size. */
  public static RgbImage scaled(RgbImage image, int width, int height) {
    return Resize.bicubic(image, width, height);
  }

  /**
   * Images from left to right.
   *
   * @param images at least one, all of the same height
   * @param captions one for each image
   */
  public static RgbImage beside(List<RgbImage> images, List<String> captions) {
    return StripImage.of(images, captions);
  }

  /**
   * Images one below the other.
   *
   * @param images at least one, all of the same width
   */
  public static RgbImage below(List<RgbImage> images) {
    int width = images.get(0).width();
    int height = images.stream().mapToInt(image -> image.height() + GAP).sum() - GAP;
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, GAP_GREY);
    int top = 0;
    for (RgbImage image : images) {
      if (image.width() != width) {
        throw new IllegalArgumentException(
            "expected images of " + width + " columns, found " + image);
      }
      System.arraycopy(image.rgb(), 0, rgb, 3 * top * width, image.rgb().length);
      top += image.height() + GAP;
    }
    return new RgbImage(width, height, rgb);
  }

  /**
   * Image, label and prediction of an evaluation's examples, a row for each.
   *
   * @param folder of a run that {@code evaluate --out RUN/eval} has scored
   */
  public static RgbImage predictions(String folder, LabelSpace space)
      throws IOException, UnreadableImage {
    FileSystem local = FileSystem.getLocal(new Configuration());
    List<RgbImage> rows = new ArrayList<>();
    for (PredictionSample sample :
        PredictionSample.list(local, new org.apache.hadoop.fs.Path(folder, "eval/samples"))) {
      rows.add(
          PredictionPanel.of(
              read(file(sample.image())),
              sample.label().isEmpty()
                  ? Optional.empty()
                  : Optional.of(labels(Files.readAllBytes(file(sample.label().get())))),
              labels(Files.readAllBytes(file(sample.prediction()))),
              space));
    }
    return below(rows);
  }

  /**
   * An image under its classes' colours.
   *
   * @param image file of a PNG or JPEG image
   * @param labels file of a PNG of the same size whose values are train ids
   */
  public static RgbImage overlay(byte[] image, byte[] labels, LabelSpace space)
      throws UnreadableImage {
    return PredictionPanel.overlay(ImageFiles.decodeRgb(image), labels(labels), space);
  }

  /** The train ids of a label file, as {@code segment} and {@code SegmentationModel} write it. */
  public static LabelMap labels(byte[] file) throws UnreadableImage {
    RawLabels raw = ImageFiles.decodeLabels(file);
    byte[] ids = new byte[raw.values().length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) raw.values()[i];
    }
    return new LabelMap(raw.width(), raw.height(), ids);
  }

  private static Path file(org.apache.hadoop.fs.Path path) {
    return Path.of(path.toUri().getPath());
  }
}
