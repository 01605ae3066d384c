package org.stylemining.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RawLabels;
import org.stylemining.image.RgbImage;
import org.stylemining.image.UnreadableImage;

/** Reads samples from any file system. Safe for use by several threads. */
public final class SampleReader {
  private final Configuration hadoop;
  private final Map<String, Optional<LabelTable>> tables = new ConcurrentHashMap<>();

  public SampleReader(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * The image and its labels as train ids, in the size they are stored in.
   *
   * @throws DamagedSample where one of the two files is missing, not readable as what it should be,
   *     or where the two do not fit together
   * @throws IOException where the file system fails
   */
  public LabelledImage read(Sample sample) throws DamagedSample, IOException {
    RgbImage image = readImage(sample);
    LabelMap labels = readLabels(sample);
    if (image.width() != labels.width() || image.height() != labels.height()) {
      throw new DamagedSample(
          sample.label().orElseThrow(),
          "labels of %dx%d pixels for an image of %dx%d (%s)"
              .formatted(
                  labels.width(), labels.height(), image.width(), image.height(), sample.image()));
    }
    return new LabelledImage(image, labels);
  }

  /**
   * The image alone.
   *
   * @throws DamagedSample where the file is missing or not an image
   * @throws IOException where the file system fails
   */
  public RgbImage readImage(Sample sample) throws DamagedSample, IOException {
    byte[] file = bytes(sample.image());
    try {
      return ImageFiles.decodeRgb(file);
    } catch (UnreadableImage e) {
      throw new DamagedSample(sample.image(), e.getMessage(), e);
    }
  }

  /**
   * The labels alone, as train ids.
   *
   * @throws DamagedSample where the file is missing or not a label file of the sample's data set
   * @throws IOException where the file system fails
   */
  public LabelMap readLabels(Sample sample) throws DamagedSample, IOException {
    String path =
        sample
            .label()
            .orElseThrow(() -> new IllegalArgumentException(sample.image() + " has no labels"));
    LabelTable table =
        tables
            .computeIfAbsent(sample.source(), type -> Datasets.of("type", type).table())
            .orElseThrow(() -> new IllegalArgumentException(sample.source() + " has no labels"));
    byte[] file = bytes(path);
    try {
      RawLabels raw = ImageFiles.decodeLabels(file);
      return table.toTrainIds(raw);
    } catch (UnreadableImage e) {
      throw new DamagedSample(path, e.getMessage(), e);
    }
  }

  private byte[] bytes(String uri) throws DamagedSample, IOException {
    Path path = new Path(uri);
    try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new DamagedSample(uri, "the file is gone since the set was listed", e);
    } catch (ChecksumException e) {
      throw new DamagedSample(uri, "the file system's checksum is wrong: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException(uri + ": " + e.getMessage(), e);
    }
  }
}
