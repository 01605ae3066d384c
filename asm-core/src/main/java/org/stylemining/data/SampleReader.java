package org.stylemining.data;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.Sample;
import org.stylemining.dataset.SampleFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.image.UnreadableImage;

/** Reads samples, each in its data set's way. Safe for use by several threads. */
public final class SampleReader {
  private final Datasets datasets;
  private final SampleFiles files;
  private final Map<String, Dataset> known = new ConcurrentHashMap<>();

  /**
   * Reads from any file system of Hadoop.
   *
   * @param datasets those that the samples belong to
   */
  public SampleReader(Datasets datasets, Configuration hadoop) {
    this(datasets, new HadoopFiles(hadoop));
  }

  /** The same with files from elsewhere. */
  public SampleReader(Datasets datasets, SampleFiles files) {
    this.datasets = datasets;
    this.files = files;
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
    boolean whole = dataset(sample).labelsWholeImages();
    int width = whole ? 1 : image.width();
    int height = whole ? 1 : image.height();
    if (labels.width() != width || labels.height() != height) {
      throw new DamagedSample(
          sample.label().orElse(sample.image()),
          whole
              ? "labels of %dx%d pixels, expected one: the class of the whole image (%s)"
                  .formatted(labels.width(), labels.height(), sample.image())
              : "labels of %dx%d pixels for an image of %dx%d (%s)"
                  .formatted(labels.width(), labels.height(), width, height, sample.image()));
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
    try {
      return dataset(sample).image(sample, files);
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
    try {
      return dataset(sample).labels(sample, files);
    } catch (UnreadableImage e) {
      throw new DamagedSample(sample.label().orElse(sample.image()), e.getMessage(), e);
    }
  }

  private Dataset dataset(Sample sample) {
    return known.computeIfAbsent(sample.source(), type -> datasets.get("type", type));
  }
}
