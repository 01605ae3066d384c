package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All commands in the order a person uses them, on drawn scenes, with two workers. */
@ExtendWith(LocalSpark.class)
@TestMethodOrder(OrderAnnotation.class)
class EndToEndTest {
  @TempDir static Path folder;

  @BeforeAll
  static void settings() throws IOException {
    Files.writeString(
        folder.resolve("small.conf"),
        SmallNetwork.scenes(
            folder,
            """
            style.rain = "%s/rain"
            training.updates = 12
            checkpoint.every = 1
            evaluate.samples = 2
            """));
  }

  @Test
  @Order(1)
  void drawsData() {
    Answer.drawScenes(folder.resolve("data"), 6, 8, 64, 32);
    assertThat(folder.resolve("data/gta5/images")).isDirectory();
  }

  @Test
  @Order(2)
  void trainsTheGenerator() {
    assertThat(asm("pretrain", at("small.conf"), "--out", at("rain"))).isZero();
    assertThat(folder.resolve("rain/rain.safetensors")).isRegularFile();
    assertThat(folder.resolve("rain/provenance.json"))
        .content()
        .contains("\"command\" : \"pretrain ", "source gta5", "\"ended\"");
    assertThat(asm("pretrain", at("small.conf"), "--out", at("rain")))
        .as("into a folder that holds one")
        .isEqualTo(2);
  }

  @Test
  @Order(3)
  void stylises() {
    for (String sampling : List.of("anchored", "random", "mean")) {
      assertThat(
              asm(
                  "stylize",
                  at("small.conf"),
                  "--content",
                  first("data/gta5/images"),
                  "--target",
                  first("data/synthia/RGB"),
                  "--out",
                  at("styled"),
                  "--sampling",
                  sampling))
          .isZero();
    }
    assertThat(folder.resolve("styled").toFile().list())
        .anyMatch(name -> name.endsWith("-mean.png"))
        .anyMatch(name -> name.endsWith("-anchored-4.png"))
        .anyMatch(name -> name.endsWith("-random-1.png"));
  }

  @Test
  @Order(4)
  void adaptsTheNetworkAndLeavesARunFolder() throws Exception {
    assertThat(asm("train", at("small.conf"), "--out", at("train"))).isZero();

    assertThat(folder.resolve("train").toFile().list())
        .contains("config.conf", "provenance.json", "metrics.jsonl", "checkpoints", "strips");
    assertThat(folder.resolve("train/checkpoints").toFile().list())
        .containsExactlyInAnyOrder("round-000001", "round-000002", "round-000003");
    assertThat(folder.resolve("train/strips").toFile().list())
        .contains("round-000001.png", "round-000003.png", "anchor.png");
    JsonNode provenance = json("train/provenance.json");
    assertThat(provenance.path("cluster").path("workers").intValue()).isEqualTo(2);
    assertThat(provenance.path("ended").isTextual()).isTrue();
    assertThat(provenance.path("data")).hasSize(3);
  }

  @Test
  @Order(5)
  void theSameSeedTwiceGivesTheSameNetworkWhoeverLooksOn() throws Exception {
    int port = freePort();
    URI page = URI.create("http://127.0.0.1:" + port + "/state.json");
    Set<String> stages = ConcurrentHashMap.newKeySet();
    Thread reader = new Thread(() -> read(page, stages), "reader of the live page");
    reader.start();
    try {
      assertThat(
              asm(
                  "train",
                  at("small.conf"),
                  "--out",
                  at("again"),
                  "--watch",
                  "--watch-port",
                  Integer.toString(port)))
          .isZero();
    } finally {
      reader.interrupt();
      reader.join();
    }

    assertThat(stages).isNotEmpty().isSubsetOf("starting", "running", "finished");
    assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
        .as("the page ends with the run")
        .isInstanceOf(ConnectException.class);
    assertThat(model("again", 3)).isEqualTo(model("train", 3));
  }

  /** Asks for the live page until it is interrupted. */
  private static void read(URI page, Set<String> stages) {
    HttpClient client = HttpClient.newHttpClient();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        String state =
            client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
        stages.add(new ObjectMapper().readTree(state).at("/run/stage").asText());
        Thread.sleep(100);
      } catch (IOException notYet) {
        LockSupport.parkNanos(20_000_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** One below those that the system gives to whoever asks for any, as the reader's sockets do. */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // another one
      }
    }
  }

  @Test
  @Order(6)
  void aResumedRunEndsAsTheUnbrokenOne() throws Exception {
    copyRunUpTo(1, "again", "broken");

    assertThat(asm("train", at("small.conf"), "--out", at("broken"), "--resume")).isZero();

    assertThat(model("broken", 3)).isEqualTo(model("train", 3));
    assertThat(json("broken/provenance.json").path("resumed")).hasSize(1);
  }

  @Test
  @Order(7)
  void aRunIsNotResumedUnderAnotherConfigurationOrOverOtherData() throws Exception {
    assertThat(asm("train", at("small.conf"), "--out", at("train"))).isEqualTo(2);
    assertThat(
            asm(
                "train",
                at("small.conf"),
                "training.learning-rate=0.1",
                "--out",
                at("train"),
                "--resume"))
        .isEqualTo(2);
    assertThat(
            asm("train", at("small.conf"), "cluster.workers=3", "--out", at("train"), "--resume"))
        .isEqualTo(2);
    assertThat(
            asm(
                "train",
                at("small.conf"),
                "checkpoint.keep=2",
                "evaluate.samples=1",
                "--out",
                at("train"),
                "--resume"))
        .isZero();
    Path added = folder.resolve("data/gta5/extra.txt");
    Files.writeString(added, "x");
    assertThat(asm("train", at("small.conf"), "--out", at("train"), "--resume")).isEqualTo(2);
    Files.delete(added);
  }

  /** Every option of averaging that keeps something from round to round, on the network itself. */
  private static final String[] AVERAGING = {
    "sync.interval.rule=post-local",
    "sync.interval.from=4",
    "sync.outer.optimizer=slow-momentum",
    "sync.outer.momentum=0.5",
    "sync.weight=samples",
    "sync.statistics.batches=3",
    "sync.statistics.at=checkpoint",
    "sync.final-model.rule=mean",
    "sync.final-model.share=0.75"
  };

  @Test
  @Order(7)
  void otherWaysOfAveragingTrainResumeAndLeaveTheMeanAsTheResult() throws Exception {
    assertThat(asm(with(AVERAGING, "train", at("small.conf"), "--out", at("averaged")))).isZero();
    // Two rounds of one batch, two updates, then two of two.
    assertThat(folder.resolve("averaged/checkpoints").toFile().list())
        .containsExactlyInAnyOrder("round-000002", "round-000003", "round-000004");
    assertThat(Files.readString(folder.resolve("averaged/metrics.jsonl")))
        .contains("{\"kind\":\"drift\",\"round\":4,\"worker\":1,");

    copyRunUpTo(2, "averaged", "averaged-broken");
    assertThat(
            asm(
                with(
                    AVERAGING,
                    "train",
                    at("small.conf"),
                    "--out",
                    at("averaged-broken"),
                    "--resume")))
        .isZero();
    for (String file : List.of("model", "optimizer", "mean")) {
      String name = "/checkpoints/round-000004/" + file + ".safetensors";
      assertThat(folder.resolve("averaged-broken" + name))
          .hasSameBinaryContentAs(folder.resolve("averaged" + name));
    }
    assertThat(folder.resolve("averaged/checkpoints/round-000004/mean.safetensors"))
        .isRegularFile()
        .satisfies(mean -> assertThat(Files.readAllBytes(mean)).isNotEqualTo(model("averaged", 4)));

    Answer scored =
        Answer.to(
            "evaluate",
            at("small.conf"),
            "--checkpoint",
            at("averaged"),
            "--out",
            at("averaged-scores"));
    assertThat(scored.status()).isZero();
    assertThat(scored.out()).contains("with the mean of 3 rounds in ");

    assertThat(asm("train", at("small.conf"), "--out", at("averaged"), "--resume"))
        .as("resumed with other averaging")
        .isEqualTo(2);
  }

  private static String[] with(String[] overrides, String command, String conf, String... options) {
    List<String> all = new ArrayList<>(List.of(command, conf));
    all.addAll(List.of(overrides));
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }

  @Test
  @Order(8)
  void scoresTheNetwork() throws Exception {
    assertThat(
            asm("evaluate", at("small.conf"), "--checkpoint", at("train"), "--out", at("scores")))
        .isZero();

    JsonNode scores = json("scores/scores.json");
    assertThat(scores.path("mIoU").doubleValue()).isBetween(0.0, 1.0);
    assertThat(scores.path("classes")).hasSize(19);
    assertThat(folder.resolve("scores/samples").toFile().list()).hasSize(6);
  }

  @Test
  @Order(9)
  void aCheckpointOfAnotherNetworkIsNotScored() {
    assertThat(
            asm(
                "evaluate",
                at("small.conf"),
                "model.width=0.25",
                "--checkpoint",
                at("train"),
                "--out",
                at("wide")))
        .isEqualTo(2);
  }

  @Test
  @Order(10)
  void trainsWithoutAdaptationFromGivenWeights() {
    assertThat(
            asm(
                "train",
                at("small.conf"),
                "training.method=source-only",
                "training.updates=4",
                "model.initial-weights=" + at("train"),
                "--out",
                at("source-only")))
        .isZero();
    assertThat(folder.resolve("source-only/strips")).doesNotExist();
  }

  @Test
  @Order(11)
  void reports() {
    assertThat(asm("report", at("train"))).isZero();
    assertThat(folder.resolve("train/report.html")).isNotEmptyFile();
  }

  @Test
  @Order(12)
  void explainsWhatTheNetworkAndItsStylesAreLike() throws Exception {
    Answer answer = explain("explained", "--images", "12");

    assertThat(answer.status()).isZero();
    assertThat(answer.out())
        .contains("round-000003, 12 source images, ", "mined styles from 12 source images")
        .contains("too few to tell how target styles are spread");
    JsonNode found = json("explained/explain/embedding.json");
    int targets = found.path("target").intValue();
    assertThat(targets).isBetween(1, 9);
    assertThat(found.path("steps")).hasSize(2);
    assertThat(found.path("steps").path(0).path("stepLength").doubleValue())
        .isCloseTo(found.path("steps").path(1).path("travelled").doubleValue(), within(1e-3));
    // Source, two steps, one anchor; source, stylised.
    assertThat(found.path("styles").path("points")).hasSize(12 + 24 + 1 + targets);
    assertThat(found.path("features").path("points")).hasSize(12 + 12 + targets);
    assertThat(folder.resolve("explained/explain").toFile().list())
        .contains("sampling-anchored.png", "sampling-random.png", "sampling-adversarial.png");

    assertThat(explain("again-explained", "--images", "12").status()).isZero();
    assertThat(json("again-explained/explain/embedding.json")).isEqualTo(found);
    assertThat(explain("otherwise", "--images", "12", "--seed", "5").status()).isZero();
    assertThat(json("otherwise/explain/embedding.json")).isNotEqualTo(found);
    assertThat(asm("report", at("explained"))).isZero();
    assertThat(folder.resolve("explained/report.html")).content().contains("search path");
  }

  @Test
  @Order(13)
  void whatCannotBeExplainedIsSaidBeforeWork() {
    assertThat(explain("few", "--images", "3").err())
        .contains("--images 3: expected 10 to 400, since at most 2000 styles are laid out");
    assertThat(explain("none", "style.rain=" + at("nowhere"), "--images", "12").err())
        .contains("style.rain: expected rain.safetensors");
    assertThat(
            Answer.to("explain", at("small.conf"), "--checkpoint", at("rain"), "--out", at("none"))
                .status())
        .isEqualTo(2);
  }

  private static Answer explain(String out, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("explain", at("small.conf"), "--checkpoint", at("train"), "--out", at(out)));
    words.addAll(List.of(more));
    return Answer.to(words.toArray(String[]::new));
  }

  private static int asm(String... args) {
    return Commands.run(args);
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  private static String first(String name) {
    String[] files = folder.resolve(name).toFile().list();
    Arrays.sort(files);
    return folder.resolve(name).resolve(files[0]).toString();
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }

  private static byte[] model(String run, int round) throws IOException {
    return Files.readAllBytes(
        folder.resolve(run + "/checkpoints/round-00000" + round + "/model.safetensors"));
  }

  /** A run as it would be had it stopped after a round. */
  private static void copyRunUpTo(int round, String from, String to) throws IOException {
    List<Path> files = new ArrayList<>();
    try (var walk = Files.walk(folder.resolve(from))) {
      walk.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      Path relative = folder.resolve(from).relativize(file);
      boolean later =
          relative.toString().matches("(checkpoints|strips)/round-00000[" + (round + 1) + "-9].*");
      if (!later && !relative.getFileName().toString().endsWith(".crc")) {
        Path target = folder.resolve(to).resolve(relative);
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    assertThat(folder.resolve(to).resolve("checkpoints/round-00000" + round)).isDirectory();
  }
}
