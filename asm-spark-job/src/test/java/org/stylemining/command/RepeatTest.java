package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.provenance.Build;

/** What `show` tells of what commands left behind, and runs that `train --like` does again. */
@ExtendWith(LocalSpark.class)
@TestMethodOrder(OrderAnnotation.class)
class RepeatTest {
  @TempDir static Path folder;

  @BeforeAll
  static void aRunWithAllThatBelongsToIt() throws IOException {
    Answer.drawScenes(folder.resolve("data"), 6, 8, 64, 32);
    Files.writeString(
        folder.resolve("small.conf"),
        SmallNetwork.scenes(
            folder,
            """
            style.rain = "%s/rain"
            checkpoint.every = 1
            evaluate.samples = 1
            """));
    assertThat(Commands.run("pretrain", at("small.conf"), "--out", at("rain"))).isZero();
    assertThat(
            Commands.run(
                "train", at("small.conf"), "seed=5", "report.tensorboard=true", "--out", at("run")))
        .isZero();
    assertThat(
            Commands.run(
                "evaluate", at("small.conf"), "--checkpoint", at("run"), "--out", at("scores")))
        .isZero();
  }

  @Test
  @Order(1)
  void showTellsWhatMadeARun() {
    assertThat(show("run"))
        .contains(
            "run folder    file:" + at("run"),
            "made by       asm train " + at("small.conf") + " seed=5 report.tensorboard=true --out",
            "program       " + Build.current().version() + ", commit " + Build.current().commit(),
            "experiment    small",
            "seed          5",
            "on local[2], executors: 1, workers: 2",
            "data          source gta5 in file:" + at("data/gta5") + ": 12 files, ",
            "data          target cityscapes in file:",
            "weights       style.rain in file:" + at("rain/rain.safetensors") + ": ",
            "training.updates = 8  # " + at("small.conf") + ": ",
            "seed = 5  # argument \"seed=5\"",
            "report.tensorboard = true")
        .doesNotContain("sync.rollbacks");
    assertThat(show("run", "--all")).contains("rollbacks = 1");
  }

  @Test
  @Order(1)
  void aCheckpointThatIsCopiedAwayStillTellsAllOfIt() throws Exception {
    FileUtils.copyDirectory(
        folder.resolve("run/checkpoints/round-000001").toFile(),
        folder.resolve("elsewhere").toFile());

    assertThat(show("elsewhere"))
        .contains(
            "checkpoint    file:" + at("elsewhere"),
            "round         1, update 4 of each worker",
            "made by       asm train ",
            "on local[2], executors: 1, workers: 2",
            "data          source synthia in ",
            "weights       style.rain in ",
            "seed = 5  # argument");
  }

  @Test
  @Order(1)
  void scoresAndTheGeneratorTellTheirs() throws Exception {
    for (String scores : List.of("scores", "scores/scores.json")) {
      assertThat(show(scores))
          .contains(
              "scores        file:" + at("scores/scores.json"),
              "made by       asm evaluate ",
              "data          evaluation cityscapes in ",
              "weights       checkpoint in file:"
                  + at("run/checkpoints/round-000002/model.safetensors"),
              "evaluate.samples = 1");
    }
    for (String rain : List.of("rain", "rain/rain.safetensors", "rain/pretrain.json")) {
      assertThat(show(rain)).contains("generator     file:", "made by       asm pretrain ");
    }
    assertThat(show("rain/phases/decoder/checkpoints/round-000002"))
        .contains("made by       asm pretrain ");
    JsonNode json = new ObjectMapper().readTree(show("scores", "--json"));
    assertThat(json.path("kind").asText()).isEqualTo("scores");
    assertThat(json.path("provenance").path("data").get(0).path("files").intValue()).isPositive();
    assertThat(json.path("configuration").asText()).contains("training {");
  }

  @Test
  @Order(1)
  void whereNothingIsKnownThatIsSaid() throws Exception {
    Files.createDirectories(folder.resolve("nothing"));
    Files.writeString(folder.resolve("nothing/notes.txt"), "notes");

    for (String place : List.of("nothing", "nothing/notes.txt")) {
      Answer answer = Answer.to("show", at(place));
      assertThat(answer.status()).isEqualTo(2);
      assertThat(answer.err()).contains(at(place), "what made it", "expected a run folder");
    }
    Answer missing = Answer.to("show", at("missing"));
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains(at("missing"), "no such file or folder");
  }

  @Test
  @Order(2)
  void aRunThatIsRepeatedEndsInTheSameBits() throws Exception {
    // The file that it was configured with is needed no more.
    Files.move(folder.resolve("small.conf"), folder.resolve("moved.conf"));
    Answer answer = Answer.to("train", "--like", at("run"), "--out", at("again"));
    Files.move(folder.resolve("moved.conf"), folder.resolve("small.conf"));

    assertThat(answer.status()).as(answer.err()).isZero();
    for (String round : List.of("round-000001", "round-000002")) {
      for (String file : List.of("model", "optimizer")) {
        String name = "/checkpoints/" + round + "/" + file + ".safetensors";
        assertThat(folder.resolve("again" + name))
            .hasSameBinaryContentAs(folder.resolve("run" + name));
      }
    }
    assertThat(show("again"))
        .contains("made by       asm train --like " + at("run") + " --out", "experiment    small");
  }

  @Test
  @Order(2)
  void valuesOnTopWinOverThoseOfTheRun() throws Exception {
    Answer answer =
        Answer.to(
            "train",
            "--like",
            at("run/checkpoints/round-000001"),
            "training.updates=4",
            "seed=6",
            "--out",
            at("shorter"));

    assertThat(answer.status()).as(answer.err()).isZero();
    assertThat(folder.resolve("shorter/checkpoints").toFile().list())
        .containsExactly("round-000001");
    assertThat(folder.resolve("shorter/checkpoints/round-000001/model.safetensors"))
        .satisfies(
            model ->
                assertThat(Files.readAllBytes(model))
                    .isNotEqualTo(
                        Files.readAllBytes(
                            folder.resolve("run/checkpoints/round-000001/model.safetensors"))));
    assertThat(show("shorter")).contains("seed = 6  # argument", "workers: 2");
  }

  @Test
  @Order(3)
  void otherDataIsRefusedUnlessItIsAllowed() throws Exception {
    Path added = Files.writeString(folder.resolve("data/gta5/extra.txt"), "x");
    try {
      Answer refused = Answer.to("train", "--like", at("run"), "--out", at("other"));
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.err())
          .contains(
              "--like " + at("run") + ": this is not what that run read",
              "--allow-other-data",
              "source gta5: expected 12 files of ",
              ", found 13 files of ")
          .doesNotContain("synthia:", "cityscapes:");
      assertThat(folder.resolve("other/checkpoints")).doesNotExist();

      assertThat(
              Commands.run(
                  "train", "--like", at("run"), "--allow-other-data", "--out", at("other")))
          .isZero();
    } finally {
      Files.delete(added);
    }
  }

  @Test
  @Order(4)
  void anotherGeneratorIsRefused() throws Exception {
    Path rain = folder.resolve("rain/rain.safetensors");
    byte[] weights = Files.readAllBytes(rain);
    byte[] others = weights.clone();
    others[others.length - 4] ^= 1;
    // Hadoop's checksum is that of the file as it was.
    Files.deleteIfExists(folder.resolve("rain/.rain.safetensors.crc"));
    Files.write(rain, others);
    try {
      Answer refused = Answer.to("train", "--like", at("run"), "--out", at("other-rain"));
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.err()).contains("style.rain: expected ", "sha256");
    } finally {
      Files.write(rain, weights);
    }
  }

  @Test
  @Order(4)
  void onlyTrainingIsRepeated() {
    for (String place :
        List.of("rain", "scores/scores.json", "rain/phases/decoder/checkpoints/round-000002")) {
      Answer refused = Answer.to("train", "--like", at(place), "--out", at("never"));
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.err())
          .contains("--like " + at(place), "expected what `train` made", "made by asm ");
    }
    Answer both = Answer.to("train", at("small.conf"), "--like", at("run"), "--out", at("never"));
    assertThat(both.status()).isEqualTo(2);
    assertThat(both.err()).contains("expected key=value, found " + at("small.conf"));
    Answer neither = Answer.to("train", "--out", at("never"));
    assertThat(neither.status()).isEqualTo(2);
    assertThat(neither.err()).contains("expected CONF, or --like PATH");
  }

  @Test
  @Order(5)
  void aRunWritesItsChartsAlongAndTheyCanBeMadeAfterwards() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("run/tensorboard"))) {
      assertThat(files)
          .singleElement()
          .satisfies(
              file -> assertThat(file.getFileName().toString()).startsWith("events.out.tfevents."));
    }
    Answer answer = Answer.to("tensorboard", folder.toString(), "--out", at("charts"));
    assertThat(answer.status()).as(answer.err()).isZero();
    assertThat(answer.out())
        .contains(at("charts/run"), at("charts/rain/phases/decoder"), at("charts/rain/phases"));
    assertThat(Answer.to("tensorboard", at("nothing"), "--out", at("charts")).status())
        .isEqualTo(2);
  }

  private static String show(String place, String... options) {
    String[] words =
        Stream.concat(Stream.of("show", at(place)), Stream.of(options)).toArray(String[]::new);
    Answer answer = Answer.to(words);
    assertThat(answer.status()).as(answer.err()).isZero();
    return answer.out();
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }
}
