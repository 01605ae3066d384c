package org.stylemining.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RawLabels;
import org.stylemining.image.RgbImage;

/**
 * One example prediction of an evaluation, as files: {@code NAME-image.png}, {@code NAME-label.png}
 * (where there is a truth) and {@code NAME-prediction.png}. Label and prediction are palette PNGs:
 * their values are train ids, their colours the classes'; of an image that is labelled as a whole,
 * of one pixel.
 *
 * @param name of the image, without folder and ending
 * @param image the picture
 * @param label its truth, where there is one
 * @param prediction what the network made of it
 */
public record PredictionSample(String name, Path image, Optional<Path> label, Path prediction) {
  private static final String IMAGE = "-image.png";
  private static final String LABEL = "-label.png";
  private static final String PREDICTION = "-prediction.png";

  /**
   * Writes an example, over one of the same name.
   *
   * @param folder such as {@link RunFolder#samples()}; made where it is missing
   * @param source path or name of the image; its last part, without ending, becomes the example's
   *     name
   */
  public static PredictionSample write(
      FileSystem fileSystem,
      Path folder,
      String source,
      RgbImage image,
      Optional<LabelMap> label,
      LabelMap prediction,
      LabelSpace space)
      throws IOException {
    PredictionSample sample = at(folder, nameOf(source), label.isPresent());
    int[] palette = space.palette();
    write(fileSystem, sample.image, ImageFiles.encodePng(image));
    if (label.isPresent()) {
      write(
          fileSystem,
          sample.label.orElseThrow(),
          ImageFiles.encodePalettePng(label.get(), palette));
    }
    write(fileSystem, sample.prediction, ImageFiles.encodePalettePng(prediction, palette));
    return sample;
  }

  /**
   * The examples in a folder by name; none where there is no such folder. Incomplete ones are
   * passed over.
   */
  public static List<PredictionSample> list(FileSystem fileSystem, Path folder) throws IOException {
    List<PredictionSample> samples = new ArrayList<>();
    if (!fileSystem.exists(folder)) {
      return samples;
    }
    TreeSet<String> files = new TreeSet<>();
    for (FileStatus file : fileSystem.listStatus(folder)) {
      files.add(file.getPath().getName());
    }
    for (String file : files) {
      if (file.endsWith(IMAGE)) {
        String name = file.substring(0, file.length() - IMAGE.length());
        if (files.contains(name + PREDICTION)) {
          samples.add(at(folder, name, files.contains(name + LABEL)));
        }
      }
    }
    return samples;
  }

  /**
   * The train id in a label or prediction of an image that is labelled as a whole; empty where it
   * is another one, or cannot be read.
   */
  static OptionalInt wholeClass(FileSystem fileSystem, Path file) {
    try (var in = fileSystem.open(file)) {
      RawLabels labels = ImageFiles.decodeLabels(in.readAllBytes());
      return labels.values().length == 1 ? OptionalInt.of(labels.values()[0]) : OptionalInt.empty();
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  private static PredictionSample at(Path folder, String name, boolean labelled) {
    return new PredictionSample(
        name,
        new Path(folder, name + IMAGE),
        labelled ? Optional.of(new Path(folder, name + LABEL)) : Optional.empty(),
        new Path(folder, name + PREDICTION));
  }

  private static String nameOf(String source) {
    String file = source.substring(source.lastIndexOf('/') + 1);
    int ending = file.lastIndexOf('.');
    // FILE#12 is image 12 of a file; its ending tells no images apart.
    String name = ending > 0 && file.indexOf('#') < 0 ? file.substring(0, ending) : file;
    // A colon would be taken for the end of a URI's scheme.
    return name.replace(':', '_').replace('#', '-');
  }

  private static void write(FileSystem fileSystem, Path file, byte[] bytes) throws IOException {
    try (var out = fileSystem.create(file, true)) {
      out.write(bytes);
    }
  }
}
