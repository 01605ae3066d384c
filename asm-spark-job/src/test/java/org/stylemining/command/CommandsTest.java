package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stylemining.provenance.Cluster;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.RunFolder;
import org.stylemining.training.RunLease;

/** What the command line answers before any work is done. */
class CommandsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "make-demo-data",
        "pretrain",
        "train",
        "evaluate",
        "compare",
        "segment",
        "stylize",
        "explain",
        "report",
        "show",
        "tensorboard",
        "watch",
        "config",
        "import",
        "export",
        "doctor",
        "bench",
        "version"
      })
  void everyCommandExplainsItself(String command) {
    Answer answer = Answer.to(command, "--help");

    assertThat(answer.status()).isZero();
    assertThat(answer.out()).startsWith("Usage: asm " + command);
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheNearestOne() {
    Answer answer = Answer.to("trian", "conf/demo.conf");

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.err()).contains("trian").contains("Did you mean").contains("train");
  }

  @Test
  void noCommandIsAMistake() {
    Answer answer = Answer.to();

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.err()).contains("expected a command").contains("Usage: asm");
  }

  @Test
  void anUnknownOptionOrAMissingOneIsAMistake() {
    assertThat(Answer.to("train", "x.conf", "--out", "y", "--resum").err()).contains("--resum");
    Answer missing = Answer.to("train", "x.conf");
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("--out");
  }

  @Test
  void aBenchmarkSaysWhatItCannotMeasure() {
    assertThat(Answer.to("bench").err()).contains("expected what to measure").contains("ops");
    assertThat(Answer.to("bench", "ops", "--help").out()).startsWith("Usage: asm bench ops");
    for (String[] mistake :
        new String[][] {
          {"--repeats", "0"}, {"--batch", "0"}, {"--height", "8"}, {"--threads", "0"}
        }) {
      Answer answer = Answer.to("bench", "ops", mistake[0], mistake[1]);

      assertThat(answer.status()).isEqualTo(2);
      assertThat(answer.err()).contains(mistake[0]);
    }
  }

  @Test
  void threadsThatJavaDidNotStartWithAreAMistake() {
    Answer answer = Answer.to("bench", "ops", "--threads", "1234");

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.err())
        .contains("--threads 1234")
        .contains("OMP_NUM_THREADS")
        .contains("bin/asm");
  }

  @Test
  void theVersionNamesTheBuild() {
    assertThat(Answer.to("version").out()).startsWith("asm ");
    assertThat(Answer.to("--version").out()).startsWith("asm ");
  }

  @Test
  void aConfigurationThatIsNotThereIsOneMessageWithoutATrace() {
    Answer answer = Answer.to("train", folder.resolve("none.conf").toString(), "--out", at("run"));

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.err()).contains("none.conf").doesNotContain("\tat ");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aMistakeInADataSetsDefinitionIsToldWithTheConfiguration() throws Exception {
    Path conf =
        Files.writeString(
            folder.resolve("a.conf"),
            """
            include "reference.conf"
            data.custom = [
              { type = mine, images = "{name}.jpg", labels = "{name}.png", values { rode = 1 } }
            ]
            """);

    Answer answer = Answer.to("config", conf.toString());

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.err()).contains("data.custom[0].values.rode = 1", "nearest one is road");
  }

  @Test
  void theConfigurationIsPrintedWholeAndCanBeReadAgain() throws Exception {
    Path conf = Files.writeString(folder.resolve("a.conf"), "include \"reference.conf\"\n");

    Answer first = Answer.to("config", conf.toString(), "training.updates=77");
    Path printed = Files.writeString(folder.resolve("b.conf"), first.out());

    assertThat(first.status()).isZero();
    assertThat(first.out()).contains("77").contains("warm-up");
    assertThat(
            Answer.to("config", printed.toString())
                .out()
                .lines()
                .filter(line -> !line.contains("#")))
        .containsExactlyElementsOf(
            first.out().lines().filter(line -> !line.contains("#")).toList());
    assertThat(Answer.to("config", conf.toString(), "training.updats=77").status()).isEqualTo(2);
  }

  @Test
  void everyMistakeOfARunIsToldAtOnce() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Path conf = Files.writeString(folder.resolve("a.conf"), "include \"reference.conf\"\n");

    Answer answer =
        Answer.to(
            "train",
            conf.toString(),
            "data.sources=[{type=gta5,root=\"" + at("no-gta5") + "\"}]",
            "data.target.root=" + at("no-target"),
            "style.rain=" + at("no-rain"),
            "--out",
            file.resolve("run").toString());

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.err())
        .contains("--out")
        .contains("no-gta5")
        .contains("no-target")
        .contains("style.rain")
        .doesNotContain("\tat ");
  }

  @Test
  void aFolderThatAnotherJobWritesIntoIsRefusedByTrainAndPretrain() throws Exception {
    Path conf = Files.writeString(folder.resolve("a.conf"), "include \"reference.conf\"\n");
    RunFolder run = RunFolder.at(at("run"), new Configuration());
    run.fileSystem().mkdirs(run.path());
    try (RunLease other = RunLease.take("--out", run, "train other --out run")) {
      for (String command : new String[] {"train", "pretrain"}) {
        Answer answer = Answer.to(command, conf.toString(), "--out", at("run"));

        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err())
            .contains("is being written by another job: `train other --out run`, process ")
            .doesNotContain("\tat ");
      }
      other.check();
    }
    // A command that found other mistakes gives the folder free again.
    assertThat(Answer.to("train", conf.toString(), "--out", at("run")).status()).isEqualTo(2);
    assertThat(folder.resolve("run")).isEmptyDirectory();
  }

  @Test
  void aTargetThatIsNoImageIsNamed() throws Exception {
    Path conf = Files.writeString(folder.resolve("a.conf"), "include \"reference.conf\"\n");
    Path target = Files.createDirectory(folder.resolve("target"));
    Files.writeString(target.resolve("dusk.png"), "not a picture");

    Answer answer =
        Answer.to("train", conf.toString(), "data.target.root=" + target, "--out", at("run"));

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.err()).contains("data.target").contains("dusk.png");
  }

  @Test
  void scoresOfNothingNameTheMissingCheckpoint() throws Exception {
    Path conf = Files.writeString(folder.resolve("a.conf"), "include \"reference.conf\"\n");

    Answer answer =
        Answer.to("evaluate", conf.toString(), "--checkpoint", at("no-run"), "--out", at("scores"));

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.err()).contains("no-run").contains("data.evaluation");
  }

  @Test
  void aFolderWithoutARunCannotBeReported() {
    Answer answer = Answer.to("report", at("nowhere"));

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.err()).contains("nowhere");
  }

  @Test
  void aDriverThatYarnStartedAgainKnowsIt() {
    assertThat(SparkRun.isFurtherAttempt(null)).isFalse();
    assertThat(SparkRun.isFurtherAttempt("container_1410901177871_0001_01_000001")).isFalse();
    assertThat(SparkRun.isFurtherAttempt("container_1410901177871_0001_02_000001")).isTrue();
    assertThat(SparkRun.isFurtherAttempt("container_e17_1410901177871_0001_03_000001")).isTrue();
  }

  @Test
  void aDriverThatYarnStartedAgainGoesOnWithItsOwnRunAlone() throws Exception {
    RunFolder run = RunFolder.at(folder.toUri().toString(), SparkRun.hadoop());
    String again = "container_1410901177871_0001_02_000001";

    assertThat(SparkRun.goesOnByItself(run, again)).as("nothing there").isFalse();
    run.write(
        run.provenance(),
        Provenance.start(
                "demo",
                "train",
                1,
                new Cluster("application_1410901177871_0001", "yarn", 2, 2),
                "CpuBackend",
                List.of(),
                Instant.EPOCH)
            .toJson());
    assertThat(SparkRun.goesOnByItself(run, again)).as("its own").isTrue();
    assertThat(SparkRun.goesOnByItself(run, "container_1410901177871_0002_02_000001"))
        .as("another application's")
        .isFalse();
    assertThat(SparkRun.goesOnByItself(run, "container_1410901177871_0001_01_000001"))
        .as("first attempt")
        .isFalse();
    assertThat(SparkRun.goesOnByItself(run, null)).isFalse();
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }
}
