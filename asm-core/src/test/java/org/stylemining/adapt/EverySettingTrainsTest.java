package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.BatchRule;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.Sampling;
import org.stylemining.config.StepRule;
import org.stylemining.config.Word;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.Buffers;
import org.stylemining.report.StepRecord;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.Rain;

/** Every combination of the settings of the paper's experiments makes updates. */
class EverySettingTrainsTest {
  private static final int WIDTH = 32;
  private static final int HEIGHT = 16;
  private static final int CLASSES = 11;
  private static final RainFolder RAIN = rain();

  static Stream<List<String>> settings() {
    List<List<String>> all = new ArrayList<>();
    all.add(List.of("training.method=source-only"));
    all.add(List.of("training.method=supervised"));
    for (BatchRule batch : BatchRule.values()) {
      for (String consistency : List.of("0", "2.0e-4")) {
        for (int depth = 1; depth <= 2; depth++) {
          for (int shots : new int[] {1, 3}) {
            List<String> common =
                List.of(
                    set("mining.batch", batch),
                    "mining.consistency=" + consistency,
                    "mining.depth=" + depth,
                    "data.target.shots=" + shots);
            all.add(and(common, "training.method=colour-statistics"));
            all.add(and(common, set("mining.sampling", Sampling.ANCHORED)));
            all.add(and(common, set("mining.sampling", Sampling.RANDOM)));
            for (StepRule rule : StepRule.values()) {
              all.add(
                  and(
                      common,
                      set("mining.sampling", Sampling.ADVERSARIAL),
                      set("mining.step", rule)));
            }
          }
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void makesUpdates(List<String> settings) {
    AsmConfig config = config(settings);
    boolean anchors = config.training().method().usesAnchors();
    boolean mines =
        config.training().method().usesGenerator()
            && config.mining().sampling() == Sampling.ADVERSARIAL;
    boolean compares =
        anchors
            && config.mining().consistency() > 0
            && config.mining().batch() == BatchRule.STYLISED_AND_SOURCE;
    TaskTraining training = training(config);
    try (LocalTrainer trainer = training.create()) {
      INDArray before = initial(config, trainer);
      INDArray state = Nd4j.zeros(trainer.stateCount());
      trainer.load(before, state);

      List<StepRecord> records = trainer.train(batch(), 0);

      assertThat(records)
          .hasSize(anchors ? config.mining().depth() : 1)
          .hasSize(training.updatesPerBatch())
          .allSatisfy(record -> assertThat(record.loss()).isFinite().isPositive())
          .allSatisfy(record -> assertThat(record.consistency() > 0).isEqualTo(compares));
      for (StepRecord record : records) {
        assertThat(record.stepLength() > 0)
            .as("the style steps on after update %d", record.update())
            .isEqualTo(mines && record.miningStep() < config.mining().depth());
      }
      INDArray after = before.dup();
      trainer.store(after, state);
      assertThat(after.distance2(before)).isGreaterThan(0).isFinite();
    }
  }

  private static List<String> and(List<String> common, String... more) {
    List<String> all = new ArrayList<>(common);
    all.addAll(List.of(more));
    return all;
  }

  private static String set(String key, Word word) {
    return key + "=" + word.word();
  }

  private static AsmConfig config(List<String> settings) {
    return ConfigReader.parse(
        """
        data.labels = camvid11
        data.resize { width = %1$d, height = %2$d }
        data.crop { width = %1$d, height = %2$d }
        style.rain = nowhere
        model { backbone = resnet18, width = 0.0625, rates = [1], batch-norm.affine = trained }
        training { batch = 2, optimizer = adam, warm-up = 0, updates = 10 }
        """
            .formatted(WIDTH, HEIGHT),
        "test",
        settings);
  }

  private static TaskTraining training(AsmConfig config) {
    List<RgbImage> targets = new ArrayList<>();
    for (int i = 0; i < config.data().target().shots(); i++) {
      targets.add(image(100 + i).image());
    }
    return switch (config.training().method()) {
      case SOURCE_ONLY, SUPERVISED -> TaskTraining.asTheyAre(config);
      case COLOUR_STATISTICS -> TaskTraining.inColoursOf(config, targets);
      case ASM -> TaskTraining.towards(config, RAIN, targets, "test");
    };
  }

  private static INDArray initial(AsmConfig config, LocalTrainer trainer) {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        var model = TaskTraining.model(config, buffers, false)) {
      model.parameters().initialise(config.seed());
      assertThat(model.parameters().size()).isEqualTo(trainer.parameterCount());
      return model.parameters().theta().dup();
    }
  }

  private static RainFolder rain() {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Rain rain =
            new Rain(new Rain.Architecture(EncoderKind.TRAINED, 0.25, 6, 12), buffers, false)) {
      rain.encoderParameters().initialise(1);
      rain.parameters().initialise(2);
      return RainFolder.of(rain);
    }
  }

  private static SourceBatch batch() {
    return new SourceBatch(List.of(image(1), image(2)), new long[] {1, 2}, List.of());
  }

  private static LabelledImage image(long seed) {
    Random random = new Random(seed);
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    random.nextBytes(rgb);
    byte[] ids = new byte[WIDTH * HEIGHT];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) random.nextInt(CLASSES);
    }
    return new LabelledImage(new RgbImage(WIDTH, HEIGHT, rgb), new LabelMap(WIDTH, HEIGHT, ids));
  }
}
