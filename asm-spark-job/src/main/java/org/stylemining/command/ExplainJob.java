package org.stylemining.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.adapt.Explainer;
import org.stylemining.adapt.MiningProbe;
import org.stylemining.adapt.Predictor;
import org.stylemining.adapt.RainFolder;
import org.stylemining.adapt.TaskCheckpoint;
import org.stylemining.adapt.TaskTraining;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.Sampling;
import org.stylemining.config.UserMistake;
import org.stylemining.data.AnchorImages;
import org.stylemining.data.Augmentation;
import org.stylemining.data.BatchReader;
import org.stylemining.data.ConfiguredSets;
import org.stylemining.data.Datasets;
import org.stylemining.data.LabelSpaces;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.Permutation;
import org.stylemining.data.SampleReader;
import org.stylemining.data.Seeds;
import org.stylemining.data.SourceBatch;
import org.stylemining.data.SourceOrder;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.dataset.Sample;
import org.stylemining.embedding.Tsne;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.Buffers;
import org.stylemining.report.Explanation;
import org.stylemining.report.RunFolder;
import org.stylemining.report.StripImage;
import org.stylemining.weights.Checkpoint;

/** What {@code explain} does. */
final class ExplainJob {
  /** Separates the draw of target images from every other use of the seed. */
  private static final long TARGETS = 0xE81;

  /** Pictures by sampling strategy, as in the paper's Fig. 6. */
  private static final int DRAWN = 4;

  private static final long TELL_EVERY_NANOS = 10_000_000_000L;

  private final AsmConfig config;
  private final Configuration hadoop;
  private final Checkpoint checkpoint;
  private final RainFolder rain;
  private final SourceOrder order;
  private final List<Sample> anchors;
  private final List<Sample> targets;
  private final RunFolder out;
  private final int images;
  private final long seed;

  private ExplainJob(
      AsmConfig config,
      Configuration hadoop,
      Checkpoint checkpoint,
      RainFolder rain,
      SourceOrder order,
      List<Sample> anchors,
      List<Sample> targets,
      RunFolder out,
      int images,
      long seed) {
    this.config = config;
    this.hadoop = hadoop;
    this.checkpoint = checkpoint;
    this.rain = rain;
    this.order = order;
    this.anchors = anchors;
    this.targets = targets;
    this.out = out;
    this.images = images;
    this.seed = seed;
  }

  /**
   * Checks all that can be checked before work begins.
   *
   * @param images source images to mine from
   * @param asked seed; the configuration's where empty
   * @throws UserMistake with every mistake
   */
  static ExplainJob check(
      ConfArguments conf, String place, String out, int images, OptionalLong asked)
      throws IOException {
    AsmConfig config = conf.read();
    Configuration hadoop = SparkRun.hadoop();
    ConfiguredSets sets = new ConfiguredSets(config, hadoop);
    long seed = asked.orElse(config.seed());
    Checks checks = new Checks();
    checks.require(() -> requireLayout(images, config.mining().depth()));
    Optional<RunFolder> folder = checks.find(() -> Outputs.folder(out, hadoop));
    Optional<RainFolder> rain =
        checks.find(() -> RainFolder.read(new Path(config.requireRain()), hadoop));
    Optional<SourceOrder> order = checks.find(sets::order);
    Optional<List<Sample>> anchors = checks.find(() -> TrainJob.anchors(sets, config, hadoop));
    Optional<List<Sample>> targets = Optional.empty();
    if (anchors.isPresent()) {
      List<Sample> known = anchors.get();
      targets = checks.find(() -> drawn(real(config, sets, known), images, seed));
    }
    Optional<Checkpoint> checkpoint =
        checks.find(() -> TaskCheckpoint.read(new Path(place), config, hadoop));
    checks.done();
    return new ExplainJob(
        config,
        hadoop,
        checkpoint.orElseThrow(),
        rain.orElseThrow(),
        order.orElseThrow(),
        anchors.orElseThrow(),
        targets.orElseThrow(),
        folder.orElseThrow(),
        images,
        seed);
  }

  private static void requireLayout(int images, int depth) {
    // One style of each source image, of each target image (at most as many) and of each anchor.
    int most = Tsne.MOST_VECTORS / (3 + depth);
    if (images < Tsne.FEWEST_VECTORS || images > most) {
      throw new UserMistake(
          "--images %d: expected %d to %d, since at most %d styles are laid out and mining.depth = %d"
              .formatted(images, Tsne.FEWEST_VECTORS, most, Tsne.MOST_VECTORS, depth));
    }
  }

  /** Target images that training does not have: those with labels where there are any. */
  private static List<Sample> real(AsmConfig config, ConfiguredSets sets, List<Sample> anchors)
      throws IOException {
    boolean labelled =
        config.data().evaluation().type().isPresent()
            && config.data().evaluation().root().isPresent();
    return labelled ? sets.evaluation() : AnchorImages.without(sets.target(), anchors);
  }

  private static List<Sample> drawn(List<Sample> all, int most, long seed) {
    return all.size() <= most
        ? all
        : Permutation.draw(all, most, new SplittableRandom(Seeds.mix(seed, TARGETS)));
  }

  /** Writes what it finds; tells meanwhile what it does. */
  void run(PrintStream progress) throws IOException {
    List<String> notes = new ArrayList<>();
    SampleReader reader = new SampleReader(Datasets.of(config), hadoop);
    List<Sample> shown = drawn(anchors, images, seed);
    progress.printf(
        "%s, %d source images, %d real target images, %d anchors%n",
        checkpoint.resultName(), images, targets.size(), shown.size());
    TaskTraining training =
        TaskTraining.towards(
            config, rain, AnchorImages.reading(shown, reader), config.requireRain());
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Predictor predictor =
            Predictor.of(
                config, checkpoint.model().values(), checkpoint.path().toString(), buffers);
        MiningProbe probe = new MiningProbe(training, checkpoint.model())) {
      Explainer explainer = new Explainer(training, probe, predictor, seed);
      explainer.anchors(shown.stream().map(Sample::name).toList());
      mine(explainer, reader, progress, notes);
      look(explainer, reader, progress, notes);
      progress.println("laying out by t-SNE");
      Explanation explanation = explainer.explanation(checkpoint.path().toString(), seed, notes);
      explanation.write(out);
    }
    progress.println(out.embedding());
  }

  private void mine(
      Explainer explainer, SampleReader reader, PrintStream progress, List<String> notes)
      throws IOException {
    BatchReader batches = new BatchReader(reader, Augmentation.of(config));
    int most = config.training().batch();
    int mined = 0;
    long told = System.nanoTime();
    for (int from = 0; from < images; from += most) {
      int count = Math.min(most, images - from);
      SourceBatch batch =
          batches.read(order.range(from, count), LongStream.range(from, from + count).toArray());
      batch
          .skipped()
          .forEach(
              damage ->
                  progress.printf("skipped, damaged: %s (%s)%n", damage.path(), damage.reason()));
      if (batch.isEmpty()) {
        continue;
      }
      if (mined == 0) {
        sampling(explainer, batch);
      }
      List<String> names =
          LongStream.of(batch.positions()).mapToObj(p -> order.at(p).name()).toList();
      explainer.source(
          batch,
          names,
          batch.images().stream().map(LabelledImage::labels).map(this::label).toList());
      mined += batch.size();
      if (System.nanoTime() - told > TELL_EVERY_NANOS) {
        progress.printf("mined styles from %d of %d source images%n", mined, images);
        told = System.nanoTime();
      }
    }
    progress.printf("mined styles from %d source images%n", mined);
    requireSome(mined);
    if (mined < images) {
      notes.add("%d of %d source images were damaged.".formatted(images - mined, images));
    }
  }

  private static void requireSome(int mined) {
    if (mined < Tsne.FEWEST_VECTORS) {
      throw new UserMistake(
          "data.sources: expected %d readable images at least, found %d"
              .formatted(Tsne.FEWEST_VECTORS, mined));
    }
  }

  /** The first image in styles of each sampling strategy. */
  private void sampling(Explainer explainer, SourceBatch batch) throws IOException {
    SourceBatch first =
        new SourceBatch(batch.images().subList(0, 1), new long[] {batch.positions()[0]}, List.of());
    for (Sampling kind : Sampling.values()) {
      List<RgbImage> drawn = explainer.drawn(first, kind, DRAWN, seed);
      Outputs.write(
          out.fileSystem(),
          out.samplingStrip(kind.word()),
          ImageFiles.encodePng(StripImage.of(drawn)));
    }
  }

  private void look(
      Explainer explainer, SampleReader reader, PrintStream progress, List<String> notes)
      throws IOException {
    int looked = 0;
    for (Sample target : targets) {
      try {
        RgbImage image = reader.readImage(target);
        String label =
            target.label().isPresent() && !config.model().network().labelsPixels()
                ? label(reader.readLabels(target))
                : "";
        explainer.target(image, target.name(), label);
        looked++;
      } catch (DamagedSample e) {
        progress.printf("skipped, damaged: %s (%s)%n", e.path(), e.reason());
      }
    }
    progress.printf("looked at %d real target images%n", looked);
    if (looked < Tsne.FEWEST_VECTORS) {
      String few =
          looked == 0
              ? "There is no target image besides the anchors, so that real target styles cannot be shown; data.evaluation or more images in data.target would bring some."
              : "There are only %d target images besides the anchors: too few to tell how target styles are spread."
                  .formatted(looked);
      notes.add(few);
      progress.println(few);
    }
  }

  /** The class of an image that is labelled as a whole. */
  private String label(LabelMap labels) {
    LabelSpace space = LabelSpaces.of(config.data());
    int id = labels.at(0, 0);
    return config.model().network().labelsPixels() || id >= space.count()
        ? ""
        : space.classes().get(id);
  }
}
