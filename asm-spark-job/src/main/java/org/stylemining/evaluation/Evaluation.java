package org.stylemining.evaluation;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.adapt.Predictor;
import org.stylemining.comparison.ImageMatrix;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.Size;
import org.stylemining.data.Damage;
import org.stylemining.data.DamageLimit;
import org.stylemining.data.Datasets;
import org.stylemining.data.LabelSpaces;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SampleReader;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Sample;
import org.stylemining.device.DeviceRequest;
import org.stylemining.device.WorkerDevice;
import org.stylemining.image.LabelMap;
import org.stylemining.monitoring.JobLabel;
import org.stylemining.nn.Buffers;
import org.stylemining.score.ConfusionMatrix;
import org.stylemining.weights.NamedTensor;

/**
 * Scores the task network over labelled images: one confusion matrix over the whole set, filled in
 * parts by the executors.
 */
public final class Evaluation {
  /** Pixels of the network's input that are worth a pass through it, where images are small. */
  private static final int PIXELS_AT_ONCE = 256 * 512;

  private final JavaSparkContext spark;
  private final AsmConfig config;
  private final int tasks;

  /**
   * @param tasks parts that the images are dealt out to
   */
  public Evaluation(JavaSparkContext spark, AsmConfig config, int tasks) {
    this.spark = spark;
    this.config = config;
    this.tasks = tasks;
  }

  /**
   * What was found.
   *
   * @param matrix over all images that could be read
   * @param damaged those that could not
   * @param examples some images with what the network made of them, by their place in the set
   * @param images each image's own matrix, by its place in the set; none where not asked for
   */
  public record Result(
      ConfusionMatrix matrix,
      List<Damage> damaged,
      List<Example> examples,
      List<ImageMatrix> images) {}

  /** An image of the set with truth and prediction. */
  public record Example(int place, Sample sample, LabelledImage truth, LabelMap prediction)
      implements Serializable {}

  /** What one task found. */
  private record Part(
      ConfusionMatrix matrix,
      ArrayList<Damage> damaged,
      ArrayList<Example> examples,
      TreeMap<Integer, ImageMatrix> images)
      implements Serializable {
    Part plus(Part other) {
      images.putAll(other.images);
      matrix.merge(other.matrix);
      damaged.addAll(other.damaged);
      examples.addAll(other.examples);
      return this;
    }
  }

  /** What every task needs. */
  private record Kit(
      AsmConfig config,
      ArrayList<NamedTensor> model,
      Set<Integer> shown,
      boolean eachImage,
      SerializableConfiguration hadoop)
      implements Serializable {}

  /**
   * Scores a model.
   *
   * @param model its parameters by name
   * @param samples labelled images, at least one
   * @param eachImage whether each image's own matrix is kept
   * @throws org.stylemining.config.UserMistake where more of them are damaged than {@code
   *     data.max-bad-fraction}
   */
  public Result run(Map<String, NamedTensor> model, List<Sample> samples, boolean eachImage) {
    Broadcast<Kit> kit =
        spark.broadcast(
            new Kit(
                config,
                new ArrayList<>(model.values()),
                places(samples.size(), config.evaluate().samples()),
                eachImage,
                new SerializableConfiguration(spark.hadoopConfiguration())));
    try (JobLabel label = JobLabel.part(spark.sc(), samples.size() + " images")) {
      List<Numbered> numbered = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        numbered.add(new Numbered(i, samples.get(i)));
      }
      Part all =
          spark
              .parallelize(numbered, Math.min(tasks, samples.size()))
              .mapPartitions(own -> List.of(score(kit.value(), own)).iterator())
              .treeReduce(Part::plus, config.cluster().aggregationDepth());
      DamageLimit limit = new DamageLimit(config.data().maxBadFraction());
      // Tasks end in any order; counts do not care, lists do.
      all.damaged.sort(Comparator.comparingLong(Damage::position));
      all.examples.sort(Comparator.comparingInt(Example::place));
      limit.add(samples.size(), all.damaged);
      limit.finish();
      return new Result(all.matrix, all.damaged, all.examples, List.copyOf(all.images.values()));
    } finally {
      kit.destroy();
    }
  }

  private record Numbered(int place, Sample sample) implements Serializable {}

  private static Part score(Kit kit, Iterator<Numbered> own) throws IOException {
    AsmConfig config = kit.config;
    WorkerDevice.ofTask(DeviceRequest.of(config.cluster())).bind();
    Part part =
        new Part(
            new ConfusionMatrix(LabelSpaces.of(config.data()).count()),
            new ArrayList<>(),
            new ArrayList<>(),
            new TreeMap<>());
    SampleReader reader = new SampleReader(Datasets.of(config), kit.hadoop.value());
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Predictor predictor = Predictor.of(config, kit.model, "the evaluated model", buffers)) {
      int most = batch(config);
      List<Numbered> samples = new ArrayList<>();
      List<LabelledImage> truths = new ArrayList<>();
      while (own.hasNext()) {
        Numbered next = own.next();
        try {
          truths.add(reader.read(next.sample));
          samples.add(next);
        } catch (DamagedSample e) {
          part.damaged.add(Damage.of(next.place, e));
        }
        if (truths.size() == most || !own.hasNext() && !truths.isEmpty()) {
          score(predictor, samples, truths, kit, part);
          samples.clear();
          truths.clear();
        }
      }
    }
    return part;
  }

  private static void score(
      Predictor predictor, List<Numbered> samples, List<LabelledImage> truths, Kit kit, Part part) {
    List<LabelMap> predictions =
        predictor.predict(
            truths.stream().map(LabelledImage::image).toList(),
            truths.stream()
                .map(truth -> new Size(truth.labels().width(), truth.labels().height()))
                .toList());
    for (int i = 0; i < truths.size(); i++) {
      Numbered sample = samples.get(i);
      ConfusionMatrix image = new ConfusionMatrix(part.matrix.classes());
      image.add(truths.get(i).labels(), predictions.get(i));
      part.matrix.merge(image);
      if (kit.eachImage) {
        part.images.put(sample.place, new ImageMatrix(sample.sample.image(), image));
      }
      if (kit.shown.contains(sample.place)) {
        part.examples.add(
            new Example(sample.place, sample.sample, truths.get(i), predictions.get(i)));
      }
    }
  }

  /** Images that go through the network together: one, where each of its pixels is labelled. */
  public static int batch(AsmConfig config) {
    Size input = Predictor.inputSize(config);
    return config.model().network().labelsPixels()
        ? 1
        : Math.max(1, (int) (PIXELS_AT_ONCE / ((long) input.width() * input.height())));
  }

  /** So many places, spread evenly over the set. */
  private static Set<Integer> places(int count, int shown) {
    Set<Integer> places = new HashSet<>();
    for (int i = 0; i < Math.min(count, shown); i++) {
      places.add((int) ((long) i * count / Math.min(count, shown)));
    }
    return places;
  }
}
