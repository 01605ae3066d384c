package org.stylemining.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
    List<double[]> measured = new ArrayList<>();
    long bytes = 0;
    int damaged = 0;
    for (int i = 0; i < WARM_UP + samples; i++) {
      try {
        double[] parts = sample(order.at(i), i, augmentation);
        if (i >= WARM_UP) {
          measured.add(parts);
          bytes += files.bytes;
        }
      } catch (DamagedSample e) {
        damaged++;
      }
    }
    if (damaged > 0) {
      out.printf(Locale.ROOT, "%d damaged samples are left out%n", damaged);
    }
    if (!measured.isEmpty()) {
      report(measured, bytes, out);
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

  private static void report(List<double[]> measured, long bytes, PrintStream out) {
    for (Part part : Part.values()) {
      line(part.text, measured.stream().map(parts -> parts[part.ordinal()]).toList(), out);
    }
    List<Double> all = measured.stream().map(parts -> Arrays.stream(parts).sum()).toList();
    line("a sample", all, out);
    int samples = all.size();
    double sum = all.stream().mapToDouble(Double::doubleValue).sum();
    out.printf(
        Locale.ROOT,
        "%.1f samples a second and thread, %.2f MB each: a worker whose samples take longer than %.0f ms to train on does not wait for them%n",
        1e3 * samples / sum,
        bytes / 1e6 / samples,
        sum / samples);
  }

  private static void line(String what, List<Double> millis, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%-24s %8.1f ms median, %8.1f longest%n",
        what,
        Spread.of(millis, 0).median(),
        Collections.max(millis));
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
