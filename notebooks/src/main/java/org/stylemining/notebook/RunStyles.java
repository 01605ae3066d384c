package org.stylemining.notebook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.Images;
import org.stylemining.adapt.MiningPreview;
import org.stylemining.adapt.RainFolder;
import org.stylemining.adapt.TaskCheckpoint;
import org.stylemining.adapt.TaskTraining;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ConfigReader;
import org.stylemining.data.AnchorImages;
import org.stylemining.data.Augmentation;
import org.stylemining.data.BatchReader;
import org.stylemining.data.ConfiguredSets;
import org.stylemining.data.Datasets;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SampleReader;
import org.stylemining.data.SourceBatch;
import org.stylemining.data.SourceOrder;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.style.AdaptiveInstanceNorm;
import org.stylemining.style.Rain;
import org.stylemining.weights.NamedTensor;

/**
 * The styles of a trained run: its generator, the code of its target image, and its network, which
 * learns nothing here. Source images are named by their position in the training order, from 0, and
 * are cut as in training.
 */
public final class RunStyles {
  private static final String RAIN = "style.rain";

  private final String conf;
  private final Configuration hadoop;
  private final RainFolder rain;
  private final Map<String, NamedTensor> model;
  private final SourceOrder order;
  private final BatchReader reader;
  private final List<RgbImage> targets;
  private final TaskTraining training;

  private RunStyles(String conf, String run, AsmConfig config, Configuration hadoop)
      throws IOException {
    this.conf = conf;
    this.hadoop = hadoop;
    rain = RainFolder.read(new Path(config.requireRain()), hadoop);
    model = TaskCheckpoint.read(new Path(run), config, hadoop).model();
    ConfiguredSets sets = new ConfiguredSets(config, hadoop);
    order = sets.order();
    SampleReader samples = new SampleReader(Datasets.of(config), hadoop);
    reader = new BatchReader(samples, Augmentation.of(config));
    targets = new ArrayList<>();
    for (RgbImage target : AnchorImages.reading(sets.anchors(), samples)) {
      targets.add(TaskTraining.asTrainedOn(config, target));
    }
    training = TaskTraining.towards(config, rain, targets, RAIN);
  }

  /**
   * Reads a run.
   *
   * @param conf its configuration, with {@code style.rain}: a file, or the name of an experiment
   * @param run its folder, or a checkpoint's
   * @throws org.stylemining.config.UserMistake where something is missing or does not fit
   */
  public static RunStyles of(String conf, String run) throws IOException {
    Configuration hadoop = new Configuration();
    return new RunStyles(conf, run, ConfigReader.read(conf, List.of(), hadoop), hadoop);
  }

  /** A source image. */
  public RgbImage source(long position) throws IOException {
    return sample(position).image();
  }

  /** The target image whose style is the anchor, in the size of the source images. */
  public RgbImage target() {
    return targets.get(0);
  }

  /** The means psi [L] of the target image's code. */
  public double[] psi() {
    return exact(training.anchor().psi().get(0));
  }

  /** The deviations xi [L] of the target image's code, of either sign. */
  public double[] xi() {
    return exact(training.anchor().xi().get(0));
  }

  /**
   * A source image in the style of a code: D(AdaIN(E(x), D_vae(eps))).
   *
   * @param eps a code [L]
   */
  public RgbImage styled(long position, double[] eps) throws IOException {
    RgbImage image = sample(position).image();
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Rain generator = rain.create(buffers, false, RAIN);
        INDArray code = Nd4j.createFromArray(new float[][] {rounded(eps)});
        INDArray style = generator.vae().decode(code, false)) {
      FeatureMap rgb = Images.toMap(List.of(image), buffers);
      AdaptiveInstanceNorm content = generator.content(rgb);
      FeatureMap stylised =
          generator.decode(content.apply(style), rgb.height(), rgb.width(), false);
      RgbImage result = Images.fromMap(stylised, 0);
      buffers.give(stylised);
      content.release();
      buffers.give(rgb);
      return result;
    }
  }

  /**
   * A source image through mining steps: the image itself, then a picture for each step, with the
   * network's loss and the code's distance from its centre.
   *
   * @param depth mining steps, at least 1
   * @param overrides {@code key=value} over the configuration, such as {@code
   *     mining.sampling=random}
   * @throws org.stylemining.config.UserMistake where they are wrong
   */
  public List<MiningPreview.Step> mined(long position, int depth, String... overrides)
      throws IOException {
    AsmConfig config = ConfigReader.read(conf, List.of(overrides), hadoop);
    return MiningPreview.of(
        new TaskTraining(config, rain, training.anchor(), null),
        model,
        sample(position),
        position,
        depth);
  }

  private LabelledImage sample(long position) throws IOException {
    SourceBatch batch = reader.read(List.of(order.at(position)), new long[] {position});
    if (batch.isEmpty()) {
      throw new IOException(
          "%s: expected an image with labels at position %d of the training order, found a damaged one"
              .formatted(order.at(position).image(), position));
    }
    return batch.images().get(0);
  }

  private static double[] exact(float[] values) {
    double[] exact = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      exact[i] = values[i];
    }
    return exact;
  }

  private static float[] rounded(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }
}
