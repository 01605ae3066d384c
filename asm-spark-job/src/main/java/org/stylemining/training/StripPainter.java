package org.stylemining.training;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.adapt.MiningPreview;
import org.stylemining.adapt.TaskTraining;
import org.stylemining.data.SourceBatch;
import org.stylemining.dataset.Sample;
import org.stylemining.device.WorkerDevice;
import org.stylemining.image.RgbImage;
import org.stylemining.monitoring.JobLabel;
import org.stylemining.report.DiskErrors;
import org.stylemining.report.MiningStrip;
import org.stylemining.report.RunFolder;
import org.stylemining.weights.NamedTensor;

/**
 * Keeps, for some rounds, pictures of one source image through its mining steps against the model
 * of that round. They are made in a task of their own, where a device is, and change nothing in the
 * run.
 */
final class StripPainter implements TrainingRun.Observer {
  private static final Logger LOG = LoggerFactory.getLogger(StripPainter.class);

  private final JavaSparkContext spark;
  private final Broadcast<WorkerKit> kit;
  private final RunFolder run;
  private final NetworkForm form;
  private final Sample sample;
  private final int depth;
  private final Set<Integer> rounds = new TreeSet<>();

  /**
   * @param kit whose trainers are a {@link TaskTraining} with a generator
   * @param sample the source image, the one at position 0 of the training order
   * @param depth mining steps
   * @param rounds of the run
   * @param every rounds between two strips; 0: in the first and the last alone
   */
  StripPainter(
      JavaSparkContext spark,
      Broadcast<WorkerKit> kit,
      RunFolder run,
      NetworkForm form,
      Sample sample,
      int depth,
      int rounds,
      int every) {
    this.spark = spark;
    this.kit = kit;
    this.run = run;
    this.form = form;
    this.sample = sample;
    this.depth = depth;
    this.rounds.add(1);
    this.rounds.add(rounds);
    for (int round = every; every > 0 && round <= rounds; round += every) {
      this.rounds.add(round);
    }
  }

  @Override
  public void after(int round, INDArray theta) throws IOException {
    if (!rounds.contains(round) || run.fileSystem().exists(run.strip(round))) {
      return;
    }
    Broadcast<ArrayList<NamedTensor>> model = spark.broadcast(new ArrayList<>(form.publish(theta)));
    try (JobLabel label =
        JobLabel.part(spark.sc(), "pictures of mining steps after round " + round)) {
      Broadcast<WorkerKit> painters = kit;
      Sample image = sample;
      int steps = depth;
      List<Picture> pictures =
          spark
              .parallelize(List.of(round), 1)
              .flatMap(ignored -> paint(painters.value(), model.value(), image, steps).iterator())
              .collect();
      if (!pictures.isEmpty()) {
        keep(round, pictures);
      }
    } finally {
      model.destroy();
    }
  }

  /** A run is worth more than its pictures: where they find no room, they are done without. */
  private void keep(int round, List<Picture> pictures) {
    List<Picture> styles = pictures.subList(1, pictures.size());
    MiningStrip strip =
        new MiningStrip(
            round,
            sample.image(),
            styles.stream()
                .map(p -> new MiningStrip.Step(p.step(), p.loss(), p.distance()))
                .toList());
    try {
      DiskErrors.inWriting(
          () ->
              strip.write(
                  run, pictures.get(0).image(), styles.stream().map(Picture::image).toList()));
    } catch (IOException e) {
      LOG.warn("the pictures of round {} could not be kept: {}", round, e.toString());
    }
  }

  /** The source image and its stylised versions; none where it is damaged. */
  private static List<Picture> paint(
      WorkerKit kit, List<NamedTensor> model, Sample sample, int depth) throws IOException {
    WorkerDevice.ofTask(kit.devices()).bind();
    SourceBatch batch = kit.batches().read(List.of(sample), new long[] {0});
    if (batch.isEmpty()) {
      return List.of();
    }
    Map<String, NamedTensor> byName = new LinkedHashMap<>();
    model.forEach(tensor -> byName.put(tensor.name(), tensor));
    return MiningPreview.of((TaskTraining) kit.trainers(), byName, batch.images().get(0), 0, depth)
        .stream()
        .map(step -> new Picture(step.image(), step.step(), step.loss(), step.distance()))
        .toList();
  }

  private record Picture(RgbImage image, int step, double loss, double distance)
      implements Serializable {}
}
