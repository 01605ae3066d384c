package org.stylemining.cluster.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stylemining.cluster.ClusterExtension;
import org.stylemining.cluster.Command;
import org.stylemining.cluster.Daemon;
import org.stylemining.cluster.Distribution;
import org.stylemining.cluster.Ended;
import org.stylemining.cluster.Experiment;
import org.stylemining.cluster.LocalRun;
import org.stylemining.cluster.standalone.StandaloneCluster;
import org.stylemining.cluster.standalone.StandaloneCluster.Executor;

/** An executor that has a quarter of its processor's time. */
class StragglerIT {
  /** Updates of a round that is several times as long as the loading of the network. */
  private static final int LONG_ROUND = 60;

  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension
  static final ClusterExtension<StandaloneCluster> CLUSTER =
      new ClusterExtension<>(StandaloneCluster.class, StandaloneCluster::start);

  @BeforeEach
  void executorsOfEarlierRunsAreGone(StandaloneCluster cluster) throws Exception {
    Daemon.await(
        "the end of executors",
        () -> cluster.executors().isEmpty(),
        Duration.ofMinutes(1),
        cluster.daemons());
  }

  @Test
  void withSpeculationAnotherExecutorIsDoneFirstAndTheResultIsTheSame(
      StandaloneCluster cluster, LocalRun local) throws Exception {
    Path out = Distribution.emptyFolder("straggler-speculation");
    try (Command.Running run =
        cluster
            .asm(
                "--conf",
                "spark.speculation=true",
                "--conf",
                "spark.speculation.efficiency.enabled=false",
                "train",
                local.conf().toString(),
                Experiment.LONGER,
                "--out",
                out.toString())
            .start()) {
      run.awaitOutput("round 1/");
      Executor slow = slow(cluster);
      Executor other = other(cluster);
      try (Slowed slowed = new Slowed(slow.process())) {
        run.awaitOutput("round %d/".formatted(Experiment.LONGER_ROUNDS));
      }

      Ended ended = run.await();

      assertThat(ended.status()).as(ended.toString()).isZero();
      assertThat(ended.output())
          .containsPattern(
              "round \\d: worker [01] was done first in %s; its attempt in %s was given up after \\d+\\.\\d s, \\d updates told of"
                  .formatted(other.place(), slow.place()));
      assertThat(workers(out))
          .filteredOn(worker -> worker.path("outcome").asText().equals("overtaken"))
          .isNotEmpty()
          .anySatisfy(
              worker -> {
                assertThat(worker.path("executor").asText()).isEqualTo(slow.id());
                assertThat(worker.path("host").asText()).isEqualTo(slow.host());
                assertThat(worker.path("reason").asText()).contains(other.place());
                assertThat(averaged(out, worker).path("executor").asText()).isEqualTo(other.id());
                assertThat(worker.path("seconds").asDouble())
                    .as("slower than what overtook it")
                    .isGreaterThan(averaged(out, worker).path("seconds").asDouble());
              });
    }
    assertThat(Files.readAllBytes(out.resolve(LocalRun.model(Experiment.LONGER_ROUNDS))))
        .as("the network, bit for bit")
        .isEqualTo(local.longerModel());
  }

  @Test
  void withAQuorumTheRoundGoesOnWithoutItAndItsSamplesComeUpAgain(
      StandaloneCluster cluster, LocalRun local) throws Exception {
    // Rounds that are long beside the loading of the network in the first one, so that a deadline
    // which leaves time for that is too short for a worker that is four times slower.
    String rounds = "cluster.sync-every=" + LONG_ROUND;
    String updates = "training.updates=" + 3 * LONG_ROUND;
    Path even = Distribution.emptyFolder("straggler-none");
    Ended undisturbed =
        cluster
            .asm(
                "train",
                local.conf().toString(),
                rounds,
                "training.updates=" + 2 * LONG_ROUND,
                "--out",
                even.toString())
            .run();
    assertThat(undisturbed.status()).as(undisturbed.toString()).isZero();
    executorsOfEarlierRunsAreGone(cluster);
    List<Double> seconds =
        records(even, "round").map(round -> round.path("seconds").asDouble()).toList();
    // Time for the first round, and for the third, which has a quarter more to do.
    double deadline = Math.max(1.3 * seconds.get(0), 2 * seconds.get(1));

    Path out = Distribution.emptyFolder("straggler-quorum");
    try (Command.Running run =
        cluster
            .asm(
                "train",
                local.conf().toString(),
                rounds,
                updates,
                "sync.quorum=0.5",
                "sync.deadline=" + deadline,
                "--out",
                out.toString())
            .start()) {
      run.awaitOutput("round 1/");
      Executor slow = slow(cluster);
      try (Slowed slowed = new Slowed(slow.process())) {
        run.awaitOutput("round 2/");
      }

      Ended ended = run.await();

      assertThat(ended.status()).as(ended.toString()).isZero();
      assertThat(ended.output())
          .containsPattern(
              "round 2: worker [01] \\(%s\\) is left out of the average: not done after"
                  .formatted(slow.place()))
          .containsPattern(
              "round 2: \\d+ samples of workers that were late come up again in the next round");
      assertThat(workers(out))
          .filteredOn(worker -> worker.path("outcome").asText().equals("late"))
          .anySatisfy(
              worker -> {
                assertThat(worker.path("round").asInt()).isEqualTo(2);
                assertThat(worker.path("executor").asText()).isEqualTo(slow.id());
                assertThat(worker.path("host").asText()).isEqualTo(slow.host());
              });
      JsonNode second = records(out, "round").skip(1).findFirst().orElseThrow();
      assertThat(second.path("workers").asInt()).as("averaged without it").isEqualTo(1);
      assertThat(out.resolve(LocalRun.model(3))).exists();
    }
  }

  private static Executor slow(StandaloneCluster cluster) {
    return cluster.executors().stream()
        .filter(executor -> executor.host().equals("127.0.0.2"))
        .findFirst()
        .orElseThrow();
  }

  private static Executor other(StandaloneCluster cluster) {
    return cluster.executors().stream()
        .filter(executor -> !executor.host().equals("127.0.0.2"))
        .findFirst()
        .orElseThrow();
  }

  /** The attempt at the same worker's round that became part of the average. */
  private static JsonNode averaged(Path out, JsonNode worker) throws IOException {
    return workers(out).stream()
        .filter(record -> record.path("round").equals(worker.path("round")))
        .filter(record -> record.path("worker").equals(worker.path("worker")))
        .filter(record -> record.path("outcome").asText().equals("averaged"))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> workers(Path out) throws IOException {
    return records(out, "worker").toList();
  }

  private static Stream<JsonNode> records(Path out, String kind) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : Files.readAllLines(out.resolve("metrics.jsonl"))) {
      JsonNode record = JSON.readTree(line);
      if (record.path("kind").asText().equals(kind)) {
        records.add(record);
      }
    }
    return records.stream();
  }
}
