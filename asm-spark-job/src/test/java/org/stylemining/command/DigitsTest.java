package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.provenance.Build;
import org.stylemining.report.MetricsLog;
import org.stylemining.report.RunFolder;
import org.stylemining.report.StepRecord;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.CheckpointState;
import org.stylemining.weights.NamedTensor;

/**
 * All commands on classification: drawn digits in the files of MNIST and USPS, with two workers.
 */
@ExtendWith(LocalSpark.class)
@TestMethodOrder(OrderAnnotation.class)
class DigitsTest {
  /** Of the target; 3 is shown five times, the digits from 5 on four times. */
  private static final int TARGETS = 45;

  @TempDir static Path folder;

  @BeforeAll
  static void settings() throws IOException {
    DrawnDigits.mnist(folder.resolve("mnist"), "train", 60);
    DrawnDigits.usps(folder.resolve("usps"), "zip.train", 20);
    DrawnDigits.usps(folder.resolve("usps"), "zip.test", TARGETS);
    Files.writeString(
        folder.resolve("digits.conf"),
        "include \"reference.conf\"\n"
            + SmallNetwork.STYLE
            + """
        data {
          sources = [ { type = mnist, root = "%1$s/mnist", split = train, limit = 50 } ]
          target { type = usps, root = "%1$s/usps", split = train }
          evaluation { type = usps, root = "%1$s/usps", split = test }
          labels = digits10
          resize { width = 32, height = 32 }
          crop { width = 32, height = 32 }
          mirror = false
        }
        model { network = resnet18, width = 0.125, batch-norm.affine = trained }
        mining { depth = 5, step = relative, step-size = 0.3 }
        training {
          updates = 60
          warm-up = 0
          batch = 4
          schedule = step
          steps = [30]
          learning-rate = 1.0e-2
          classifier-rate = 1.0
        }
        cluster.sync-every = 20
        checkpoint.every = 1
        evaluate.samples = 3
        style {
          rain = "%1$s/rain"
          pretrain {
            resize { width = 32, height = 32 }
            encoder-training { iterations = 8, batch = 4 }
          }
        }
        """
                .formatted(folder));
  }

  @Test
  @Order(1)
  void trainsTheGeneratorWithAnEncoderOfItsOwn() throws Exception {
    assertThat(output("pretrain", at("digits.conf"), "--out", at("rain")))
        .contains("encoder: 8 iterations with its decoder");
    assertThat(folder.resolve("rain/rain.safetensors")).isRegularFile();
    assertThat(folder.resolve("rain/rain.png")).isRegularFile();
  }

  @Test
  @Order(2)
  void stylisesOneImageOfAFileInTheStyleOfAnother() {
    assertThat(
            asm(
                "stylize",
                at("digits.conf"),
                "--content",
                "train-images-idx3-ubyte#3",
                "--target",
                "zip.train#7",
                "--out",
                at("styled"),
                "--sampling",
                "mean"))
        .isZero();
    assertThat(folder.resolve("styled/train-images-idx3-ubyte-3-mean.png")).isRegularFile();
  }

  @Test
  @Order(3)
  void minesStylesFiveStepsDeepAndLeavesARunFolder() throws Exception {
    assertThat(asm("train", at("digits.conf"), "--out", at("train"))).isZero();

    assertThat(folder.resolve("train/checkpoints").toFile().list())
        .containsExactlyInAnyOrder("round-000001", "round-000002", "round-000003");
    List<StepRecord> steps = new ArrayList<>();
    MetricsLog.read(
        RunFolder.at(at("train"), new Configuration()),
        record -> {
          if (record instanceof StepRecord step) {
            steps.add(step);
          }
        });
    assertThat(steps).hasSize(2 * 60);
    assertThat(steps).extracting(StepRecord::miningStep).contains(1, 2, 3, 4, 5);
    assertThat(steps)
        .filteredOn(step -> step.miningStep() < 5)
        .allSatisfy(step -> assertThat(step.stepLength()).isPositive());
    // The schedule's step is behind.
    assertThat(steps)
        .filteredOn(step -> step.update() == 60)
        .allSatisfy(step -> assertThat(step.learningRate()).isBetween(1e-3 - 1e-9, 1e-3 + 1e-9));
    assertThat(steps).allSatisfy(step -> assertThat(step.loss()).isFinite().isPositive());
  }

  @Test
  @Order(4)
  void aResumedRunEndsAsTheUnbrokenOne() throws Exception {
    assertThat(asm("train", at("digits.conf"), "--out", at("broken"))).isZero();
    for (String later : List.of("round-000002", "round-000003")) {
      Path checkpoint = folder.resolve("broken/checkpoints").resolve(later);
      for (Path file : Files.list(checkpoint).toList()) {
        Files.delete(file);
      }
      Files.delete(checkpoint);
    }
    assertThat(asm("train", at("digits.conf"), "--out", at("broken"), "--resume")).isZero();

    assertThat(model("broken", 3)).isEqualTo(model("train", 3));
  }

  @Test
  @Order(5)
  void twoWorkersAveragingEveryPlainStepAreOneWorkerOnTheJoinedBatch() throws Exception {
    List<String> plain =
        List.of(
            "train",
            at("digits.conf"),
            "mining.depth=1",
            "mining.sampling=anchored",
            "model.batch-norm.statistics=running",
            "training.momentum=0",
            "training.learning-rate=1.0e-4",
            "training.updates=3",
            "cluster.sync-every=1");
    assertThat(asm(plain, "cluster.workers=2", "training.batch=4", "--out", at("two"))).isZero();
    assertThat(asm(plain, "cluster.workers=1", "training.batch=8", "--out", at("one"))).isZero();

    Map<String, NamedTensor> two = tensors("two");
    tensors("one")
        .forEach(
            (name, tensor) -> {
              double most = 1e-6;
              double off = 0;
              for (int i = 0; i < tensor.data().length; i++) {
                most = Math.max(most, Math.abs(tensor.data()[i]));
                off = Math.max(off, Math.abs(tensor.data()[i] - two.get(name).data()[i]));
              }
              assertThat(off / most).as(name).isLessThan(1e-4);
            });
  }

  @Test
  @Order(6)
  void scoresTheNetworkByAccuracy() throws Exception {
    assertThat(
            output("evaluate", at("digits.conf"), "--checkpoint", at("train"), "--out", at("eval")))
        .contains("accuracy", "of " + TARGETS + " images");

    JsonNode scores = json("eval/scores.json");
    assertThat(scores.path("accuracy").doubleValue()).isBetween(0.0, 1.0);
    assertThat(scores.path("classes")).hasSize(10);
    long images = 0;
    long right = 0;
    for (int truth = 0; truth < 10; truth++) {
      for (int prediction = 0; prediction < 10; prediction++) {
        long count = scores.path("confusion").path(truth).path(prediction).longValue();
        images += count;
        right += truth == prediction ? count : 0;
      }
    }
    assertThat(images).isEqualTo(TARGETS);
    assertThat(scores.path("accuracy").doubleValue()).isEqualTo((double) right / TARGETS);
    assertThat(folder.resolve("eval/samples").toFile().list())
        .hasSize(9)
        .contains("zip.test-0-image.png", "zip.test-15-prediction.png");
  }

  @Test
  @Order(7)
  void aNetworkThatAlwaysSaysThreeIsRightAsOftenAsThereIsAThree() throws Exception {
    List<NamedTensor> tensors = new ArrayList<>();
    tensors("train")
        .values()
        .forEach(
            tensor -> {
              float[] values = tensor.data().clone();
              if (tensor.name().startsWith("fc.")) {
                Arrays.fill(values, 0);
              }
              if (tensor.name().equals("fc.bias")) {
                values[3] = 1;
              }
              tensors.add(new NamedTensor(tensor.name(), tensor.shape(), values));
            });
    org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(at("three"));
    Checkpoint.write(
        place,
        place.getFileSystem(new Configuration()),
        CheckpointState.imported(Build.current(), 1, "a test", List.of()),
        tensors);

    assertThat(
            asm("evaluate", at("digits.conf"), "--checkpoint", at("three"), "--out", at("threes")))
        .isZero();

    JsonNode scores = json("threes/scores.json");
    assertThat(scores.path("accuracy").doubleValue()).isEqualTo(5.0 / TARGETS);
    assertThat(scores.path("classes").path("3").doubleValue()).isEqualTo(1);
    assertThat(scores.path("classes").path("4").doubleValue()).isZero();
    assertThat(scores.path("confusion").path(7).path(3).longValue()).isEqualTo(4);
  }

  @Test
  @Order(8)
  void reportsAndExports() throws Exception {
    assertThat(asm("report", at("train"))).isZero();
    assertThat(folder.resolve("train/report.html")).content().contains("ResNet-18");
    assertThat(
            asm(
                "export",
                "--checkpoint",
                at("train"),
                "--format",
                "torch",
                "--out",
                at("digits.pth")))
        .isZero();
  }

  @Test
  @Order(8)
  void explainsWithTheClassesOfImages() throws Exception {
    assertThat(
            output(
                "explain",
                at("digits.conf"),
                "--checkpoint",
                at("train"),
                "--out",
                at("train"),
                "--images",
                "20"))
        .contains("looked at 20 real target images");

    JsonNode found = json("train/explain/embedding.json");
    assertThat(found.path("steps")).hasSize(5);
    assertThat(found.path("neighbours")).hasSize(3);
    double all = 0;
    for (JsonNode neighbours : found.path("neighbours")) {
      all += neighbours.path("share").doubleValue();
    }
    assertThat(all).isCloseTo(1, within(1e-9));
    for (JsonNode point : found.path("features").path("points")) {
      assertThat(point.path("label").textValue()).matches("[0-9]");
    }
    assertThat(asm("report", at("eval"), "--baseline", at("eval"))).isZero();
    assertThat(errors("report", at("train"), "--baseline", at("eval"))).contains("same images");
  }

  @Test
  @Order(9)
  void mistakesAreToldBeforeWork() {
    assertThat(
            errors(
                "segment",
                at("digits.conf"),
                "--checkpoint",
                at("train"),
                "--input",
                at("styled"),
                "--output",
                at("labels")))
        .contains("model.network = resnet18 has one label for the whole image");
    assertThat(
            errors(
                "evaluate",
                at("digits.conf"),
                "model.width=0.25",
                "--checkpoint",
                at("train"),
                "--out",
                at("wide")))
        .contains("model.width = 0.25, but it has width 0.125");
    assertThat(
            errors(
                "evaluate",
                at("digits.conf"),
                "data.labels=camvid11",
                "model.network=deeplab-v2",
                "data.evaluation={type=usps}",
                "--checkpoint",
                at("train"),
                "--out",
                at("pixels")))
        .contains("model.network = deeplab-v2, but it holds a classifier of whole images");
    assertThat(errors("train", at("digits.conf"), "model.network=deeplab-v2", "--out", at("x")))
        .contains("expected resnet18, as data.labels = digits10");
  }

  private static int asm(List<String> first, String... rest) {
    List<String> all = new ArrayList<>(first);
    all.addAll(Arrays.asList(rest));
    return asm(all.toArray(String[]::new));
  }

  private static int asm(String... args) {
    return Commands.run(args);
  }

  /** What a command that succeeds prints. */
  private static String output(String... args) {
    Answer answer = Answer.to(args);
    assertThat(answer.status()).isZero();
    return answer.out();
  }

  /** The message of a command that refuses. */
  private static String errors(String... args) {
    Answer answer = Answer.to(args);
    assertThat(answer.status()).isEqualTo(2);
    return answer.err();
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }

  private static Map<String, NamedTensor> tensors(String run) throws IOException {
    return Checkpoint.read(new org.apache.hadoop.fs.Path(at(run)), new Configuration()).model();
  }

  private static byte[] model(String run, int round) throws IOException {
    return Files.readAllBytes(
        folder.resolve(run + "/checkpoints/round-00000" + round + "/model.safetensors"));
  }
}
