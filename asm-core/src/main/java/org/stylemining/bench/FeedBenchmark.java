package org.stylemining.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.stylemining.config.AsmConfig;
import org.stylemining.data.Augmentation;
import org.stylemining.data.Datasets;
import org.stylemining.data.HadoopFiles;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SampleReader;
import org.stylemining.data.SourceOrder;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Sample;
import org.stylemining.dataset.SampleFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

/**
 * How fast one decoding thread feeds a worker: source samples in training order, from their files
 * to the crop that the network sees.
 */
public final class FeedBenchmark {
  /** Where the time of a sample goes. */
  private enum Part {
    READING("reading the files"),
    IMAGE("decoding the image"),
    LABELS("decoding the labels"),
    CUTTING("resizing and cropping");

    private final String text;

    Part(String text) {
      this.text = text;
    }
  }

  /** The first samples are not counted: Java compiles the code while it runs. */
  private static final int WARM_UP = 10;

  private final AsmConfig config;
  private final TimedFiles files;
  private final SampleReader reader;

  public FeedBenchmark(AsmConfig config, Configuration hadoop) {
    this.config = config;
    this.files = new TimedFiles(new HadoopFiles(hadoop));
    this.reader = new SampleReader(Datasets.of(config), files);
  }

  /**
   * Prints milliseconds a sample by part, and samples a second.
   *
   * @param order the training order
   * @param samples to measure, at least 1
   * @throws IOException where the file system fails
   */
  public void run(SourceOrder order, int samples, PrintStream out) throws IOException {
    Augmentation augmentation = Augmentation.of(config);
    double[][] millis = new double[Part.values().length][samples];
    double[] all = new double[samples];
    long bytes = 0;
    int damaged = 0;
    int measured = 0;
    for (int i = -WARM_UP; i < samples; i++) {
      long position = i + WARM_UP;
      double[] parts;
      try {
        parts = sample(order.at(position), position, augmentation);
      } catch (DamagedSample e) {
        damaged++;
        continue;
      }
      if (i >= 0) {
        for (int p = 0; p < parts.length; p++) {
          millis[p][measured] = parts[p];
          all[measured] += parts[p];
        }
        bytes += files.bytes;
        measured++;
      }
    }
    if (damaged > 0) {
      out.printf(Locale.ROOT, "%d damaged samples are left out%n", damaged);
    }
    if (measured > 0) {
      report(millis, all, measured, bytes, out);
    }
  }

  private double[] sample(Sample sample, long position, Augmentation augmentation)
      throws DamagedSample, IOException {
    double[] parts = new double[Part.values().length];
    files.nanos = 0;
    files.bytes = 0;
    long start = System.nanoTime();
    RgbImage image = reader.readImage(sample);
    long imageRead = files.nanos;
    long decoded = System.nanoTime();
    LabelMap labels = reader.readLabels(sample);
    long labelled = System.nanoTime();
    augmentation.apply(new LabelledImage(image, labels), position);
    long cut = System.nanoTime();
    parts[Part.READING.ordinal()] = files.nanos / 1e6;
    parts[Part.IMAGE.ordinal()] = (decoded - start - imageRead) / 1e6;
    parts[Part.LABELS.ordinal()] = (labelled - decoded - (files.nanos - imageRead)) / 1e6;
    parts[Part.CUTTING.ordinal()] = (cut - labelled) / 1e6;
    return parts;
  }

  private static void report(
      double[][] millis, double[] all, int samples, long bytes, PrintStream out) {
    for (Part part : Part.values()) {
      out.printf(
          Locale.ROOT,
          "%-24s %8.1f ms median, %8.1f longest%n",
          part.text,
          median(millis[part.ordinal()], samples),
          Arrays.stream(millis[part.ordinal()], 0, samples).max().orElse(0));
    }
    double sum = Arrays.stream(all, 0, samples).sum();
    out.printf(
        Locale.ROOT,
        "%-24s %8.1f ms median, %8.1f longest%n",
        "a sample",
        median(all, samples),
        Arrays.stream(all, 0, samples).max().orElse(0));
    out.printf(
        Locale.ROOT,
        "%.1f samples a second and thread, %.2f MB each: a worker whose samples take longer than %.0f ms to train on does not wait for them%n",
        1e3 * samples / sum,
        bytes / 1e6 / samples,
        sum / samples);
  }

  private static double median(double[] values, int n) {
    double[] sorted = Arrays.copyOf(values, n);
    Arrays.sort(sorted);
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** Counts time and bytes. For one thread. */
  private static final class TimedFiles implements SampleFiles {
    private final SampleFiles files;
    private long nanos;
    private long bytes;

    TimedFiles(SampleFiles files) {
      this.files = files;
    }

    @Override
    public byte[] bytes(String uri) throws DamagedSample, IOException {
      long start = System.nanoTime();
      return counted(files.bytes(uri), start);
    }

    @Override
    public byte[] bytes(String uri, long from, int length) throws DamagedSample, IOException {
      long start = System.nanoTime();
      return counted(files.bytes(uri, from, length), start);
    }

    private byte[] counted(byte[] read, long start) {
      nanos += System.nanoTime() - start;
      bytes += read.length;
      return read;
    }
  }
}
