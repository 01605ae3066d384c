package org.stylemining.pretrain;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.Images;
import org.stylemining.adapt.RainFolder;
import org.stylemining.adapt.TaskTraining;
import org.stylemining.adapt.Vectors;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.Encoder;
import org.stylemining.config.PretrainConfig;
import org.stylemining.config.RainRule;
import org.stylemining.data.Datasets;
import org.stylemining.data.SourceBatch;
import org.stylemining.dataset.Sample;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.HostValues;
import org.stylemining.nn.Parameter;
import org.stylemining.nn.ParameterStore;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.Rain;

/**
 * Trains RAIN: the encoder where it has no published weights, the decoder, the auto-encoder; then
 * says how good it is.
 */
public final class Pretraining {
  /** A share of the target's style lost above which the anchor does not look like the target. */
  private static final double POOR = 0.5;

  private final AsmConfig config;
  private final Configuration hadoop;
  private final PretrainWorkers workers;
  private final List<RgbImage> targets;
  private final StyleImages styles;
  private final Consumer<String> say;

  /**
   * @param targets anchor images of the target, for the report; may be empty
   * @param styleSamples style images
   * @param say told of the progress, in lines for people
   */
  public Pretraining(
      AsmConfig config,
      Configuration hadoop,
      PretrainWorkers workers,
      List<RgbImage> targets,
      List<Sample> styleSamples,
      Consumer<String> say) {
    this.config = config;
    this.hadoop = hadoop;
    this.workers = workers;
    this.targets = targets.stream().map(t -> TaskTraining.asTrainedOn(config, t)).toList();
    this.say = say;
    PretrainConfig pretrain = config.style().pretrain();
    styles =
        new StyleImages(
            styleSamples,
            Math.max(
                pretrain.crop(), Math.min(pretrain.resize().width(), pretrain.resize().height())),
            Datasets.of(config));
  }

  /**
   * Trains, and writes {@code rain.safetensors}, {@code pretrain.json} and {@code rain.png} into
   * the folder.
   *
   * @return what pretrain.json says
   */
  public Map<String, Object> run(Path folder) throws IOException {
    PretrainConfig pretrain = config.style().pretrain();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("encoder", config.style().encoder().name().toLowerCase(java.util.Locale.ROOT));
    facts.put("rule", pretrain.rule().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    RainFolder rain = start(facts);
    say.accept("decoder: " + pretrain.iterations() + " iterations");
    long begin = System.nanoTime();
    rain =
        trained(
            rain,
            workers.train(
                new PretrainWorkers.Phase(
                    "decoder", pretrain.iterations(), pretrain.batch(), pretrain.syncEvery()),
                new GeneratorTraining(config, rain, styles),
                theta(rain)));
    facts.put("decoderSeconds", (System.nanoTime() - begin) / 1e9);
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Rain generator = rain.create(buffers, true, "the trained generator")) {
      List<float[]> bank = bank(rain, pretrain);
      List<float[]> held = bank.subList(bank.size() * 9 / 10, bank.size());
      if (pretrain.rule() == RainRule.STYLE_BANK) {
        say.accept(
            "style auto-encoder: %d iterations on %d styles"
                .formatted(pretrain.bank().iterations(), bank.size()));
        begin = System.nanoTime();
        new VaeTrainer(generator, pretrain.bank())
            .train(bank.subList(0, bank.size() * 9 / 10), config.seed());
        facts.put("autoEncoderSeconds", (System.nanoTime() - begin) / 1e9);
      }
      judge(generator, bank, held, facts);
      rain = RainFolder.of(generator);
      picture(generator, new Path(folder, "rain.png"));
    }
    rain.write(folder, hadoop);
    write(
        new Path(folder, "pretrain.json"),
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(facts));
    return facts;
  }

  /** A generator with its encoder's weights and everything else as drawn. */
  private RainFolder start(Map<String, Object> facts) throws IOException {
    EncoderKind kind = EncoderKind.valueOf(config.style().encoder().name());
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Rain rain =
            new Rain(
                new Rain.Architecture(kind, 1, config.style().latent(), config.style().hidden()),
                buffers,
                false)) {
      rain.parameters().initialise(config.seed());
      if (config.style().encoder() == Encoder.TRAINED) {
        rain.encoderParameters().initialise(config.seed());
        long begin = System.nanoTime();
        trainEncoder(rain);
        facts.put("encoderSeconds", (System.nanoTime() - begin) / 1e9);
      } else {
        EncoderWeights.load(kind, rain.encoderParameters(), config.requireEncoderWeights(), hadoop);
      }
      return RainFolder.of(rain);
    }
  }

  private void trainEncoder(Rain rain) throws IOException {
    var training = config.style().pretrain().encoderTraining();
    say.accept("encoder: " + training.iterations() + " iterations with its decoder");
    EncoderTraining factory =
        new EncoderTraining(training, config.style().pretrain().crop(), config.seed());
    try (EncoderTrainer trainer = factory.create()) {
      ParameterStore store = trainer.parameters();
      store.initialise(config.seed());
      float[] theta = new HostValues(store.theta()).toFloats();
      theta =
          workers.train(
              new PretrainWorkers.Phase(
                  "encoder",
                  training.iterations(),
                  training.batch(),
                  config.style().pretrain().syncEvery()),
              factory,
              theta);
      Vectors.copy(Nd4j.createFromArray(theta), store.theta());
      for (ParameterStore part : List.of(rain.encoderParameters(), rain.parameters())) {
        for (Parameter p : part.parameters()) {
          if (store.has(p.name())) {
            p.value().assign(store.get(p.name()).value());
          }
        }
      }
    }
    SourceBatch photos = workers.sample(8);
    FeatureMap rgb =
        Images.toMap(photos.images().stream().map(i -> i.image()).toList(), rain.buffers());
    EncoderScaling.apply(rain.encoder(), rain.parameters(), rgb);
    rain.buffers().give(rgb);
  }

  private static float[] theta(RainFolder folder) {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Rain rain = folder.create(buffers, false, "the generator")) {
      return new HostValues(rain.parameters().theta()).toFloats();
    }
  }

  private static RainFolder trained(RainFolder folder, float[] theta) {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Rain rain = folder.create(buffers, false, "the generator")) {
      Vectors.copy(Nd4j.createFromArray(theta), rain.parameters().theta());
      return RainFolder.of(rain);
    }
  }

  private List<float[]> bank(RainFolder rain, PretrainConfig pretrain) throws IOException {
    // The other rules need styles only to be judged by.
    int size =
        pretrain.rule() == RainRule.STYLE_BANK
            ? pretrain.bank().size()
            : Math.min(256, pretrain.bank().size());
    say.accept("style bank: " + size + " styles");
    return workers.map(
        new BankVectors(rain, styles, pretrain.crop(), config.seed(), 0.5), size, 16);
  }

  private void judge(Rain rain, List<float[]> bank, List<float[]> held, Map<String, Object> facts) {
    double[] deviation = VaeTrainer.deviation(bank);
    double loss = VaeTrainer.loss(rain, held, deviation);
    facts.put("heldStylesVarianceLost", loss);
    say.accept("held styles come back with %.1f%% of the variance lost".formatted(100 * loss));
    if (targets.isEmpty()) {
      return;
    }
    List<float[]> own = new ArrayList<>();
    for (RgbImage target : targets) {
      FeatureMap rgb = Images.toMap(List.of(target), rain.buffers());
      INDArray s = rain.styles(rgb);
      own.add(s.toFloatMatrix()[0]);
      s.close();
      rain.buffers().give(rgb);
    }
    double targetLoss = VaeTrainer.loss(rain, own, deviation);
    facts.put("targetStyleVarianceLost", targetLoss);
    say.accept(
        "the target's style comes back with %.1f%% of the variance lost"
            .formatted(100 * targetLoss));
    if (targetLoss > POOR) {
      say.accept(
          "WARNING: the anchor will not look like the target. Train longer, or with"
              + " style.pretrain.rule = style-bank, or with style images nearer to it.");
    }
  }

  /**
   * Two source images, each: itself, in the target's own style, in the anchor's, two samples around
   * it, two of N(0, I).
   */
  private void picture(Rain rain, Path file) throws IOException {
    if (targets.isEmpty()) {
      return;
    }
    Buffers buffers = rain.buffers();
    FeatureMap target = Images.toMap(List.of(targets.get(0)), buffers);
    INDArray own = rain.styles(target);
    buffers.give(target);
    var code = rain.vae().encode(own, false);
    Random random = new Random(config.seed());
    List<INDArray> row = new ArrayList<>();
    row.add(own);
    row.add(rain.vae().decode(code.psi(), false));
    for (int i = 0; i < 4; i++) {
      double[][] n = new double[1][rain.vae().latent()];
      for (int k = 0; k < n[0].length; k++) {
        n[0][k] = random.nextGaussian();
      }
      INDArray noise = RainLosses.matrix(n, buffers);
      row.add(rain.vae().decode(i < 2 ? code.sample(noise) : noise, false));
    }
    List<List<RgbImage>> rows = new ArrayList<>();
    for (var photo : workers.sample(2).images()) {
      List<RgbImage> images = new ArrayList<>(List.of(photo.image()));
      FeatureMap rgb = Images.toMap(List.of(photo.image()), buffers);
      var content = rain.content(rgb);
      for (INDArray s : row) {
        FeatureMap g = rain.decode(content.apply(s), rgb.height(), rgb.width(), false);
        images.add(Images.fromMap(g, 0));
        buffers.give(g);
      }
      content.release();
      buffers.give(rgb);
      rows.add(images);
    }
    write(file, ImageFiles.encodePng(grid(rows)));
  }

  private static RgbImage grid(List<List<RgbImage>> rows) {
    int w = rows.get(0).get(0).width();
    int h = rows.get(0).get(0).height();
    int columns = rows.get(0).size();
    byte[] out = new byte[3 * w * columns * h * rows.size()];
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < columns; c++) {
        for (int y = 0; y < h; y++) {
          System.arraycopy(
              rows.get(r).get(c).rgb(),
              3 * y * w,
              out,
              3 * (((r * h + y) * columns + c) * w),
              3 * w);
        }
      }
    }
    return new RgbImage(w * columns, h * rows.size(), out);
  }

  private void write(Path file, byte[] bytes) throws IOException {
    try (var out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(bytes);
    }
  }
}
