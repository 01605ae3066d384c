package org.stylemining.cluster.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stylemining.cluster.ClusterExtension;
import org.stylemining.cluster.Command;
import org.stylemining.cluster.Distribution;
import org.stylemining.cluster.Ended;
import org.stylemining.cluster.Experiment;
import org.stylemining.cluster.LocalRun;
import org.stylemining.cluster.Processes;
import org.stylemining.cluster.standalone.StandaloneCluster;
import org.stylemining.cluster.standalone.StandaloneCluster.Executor;

/** Executors that are there and do not answer. */
class UnreachableExecutorIT {
  /** Spark takes an executor for lost after two minutes by default. */
  private static final List<String> IMPATIENT =
      List.of(
          "--conf",
          "spark.network.timeout=12s",
          "--conf",
          "spark.network.timeoutInterval=4s",
          "--conf",
          "spark.storage.blockManagerHeartbeatTimeoutMs=12s",
          "--conf",
          "spark.executor.heartbeatInterval=3s");

  @RegisterExtension
  static final ClusterExtension<StandaloneCluster> CLUSTER =
      new ClusterExtension<>(StandaloneCluster.class, StandaloneCluster::start);

  /** What happens to an executor in the middle of a round. */
  private interface Mishap {
    void happen(Executor executor) throws Exception;
  }

  @Test
  void aRunThatLosesTheNetworkToAnExecutorEndsAsAnUndisturbedOne(LocalRun local) throws Exception {
    try (SecondNetwork network = SecondNetwork.make();
        StandaloneCluster cluster =
            StandaloneCluster.start(
                "cut-network", network.here().host(), List.of(network.here(), network.there()))) {
      assertGoesOnWithout(network.there().host(), cluster, local, "cut", executor -> network.cut());
    }
  }

  @Test
  void aRunWhoseExecutorStandsStillEndsAsAnUndisturbedOne(StandaloneCluster cluster, LocalRun local)
      throws Exception {
    assertGoesOnWithout(
        "127.0.0.2",
        cluster,
        local,
        "stopped",
        executor -> Processes.signal(executor.process(), "STOP"));
  }

  private static void assertGoesOnWithout(
      String host, StandaloneCluster cluster, LocalRun local, String name, Mishap mishap)
      throws Exception {
    Path out = Distribution.emptyFolder("unreachable-" + name);
    Stream<String> words =
        Stream.of("train", local.conf().toString(), Experiment.LONGER, "--out", out.toString());
    try (Command.Running run =
        cluster.asm(Stream.concat(IMPATIENT.stream(), words).toArray(String[]::new)).start()) {
      run.awaitOutput("round 2/");
      Executor lost =
          cluster.executors().stream()
              .filter(executor -> executor.host().equals(host))
              .findFirst()
              .orElseThrow();
      mishap.happen(lost);

      Ended ended = run.await();

      assertThat(ended.status()).as(ended.toString()).isZero();
      assertThat(ended.output())
          .as("says which, and why")
          .containsPattern(
              "round \\d: worker [01] was begun anew: in %s it failed: .*(heartbeat timed out|disassociated)"
                  .formatted(lost.place()));
      assertThat(Files.readString(out.resolve("metrics.jsonl")))
          .containsPattern(
              "\"executor\":\"%s\",\"host\":\"%s\",\"outcome\":\"failed\""
                  .formatted(lost.id(), lost.host()));
    }
    assertThat(Files.readAllBytes(out.resolve(LocalRun.model(Experiment.LONGER_ROUNDS))))
        .as("the network, bit for bit")
        .isEqualTo(local.longerModel());
  }
}
