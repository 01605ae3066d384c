package org.stylemining.cluster.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
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

/** Processes killed in mid run, on Spark's own cluster. */
class StandaloneFaultsIT {
  @RegisterExtension
  static final ClusterExtension<StandaloneCluster> CLUSTER =
      new ClusterExtension<>(StandaloneCluster.class, StandaloneCluster::start);

  private static Path folder;

  @BeforeAll
  static void folder() throws Exception {
    folder = Distribution.emptyFolder("standalone-faults");
  }

  @Test
  void aRunWhoseExecutorIsKilledEndsAsAnUndisturbedOne(StandaloneCluster cluster, LocalRun local)
      throws Exception {
    Path out = folder.resolve("executor");
    try (Command.Running run = train(cluster, local, out).start()) {
      run.awaitOutput("round 2/");
      Processes.kill(cluster.executors().get(0).process());

      Ended ended = run.await();

      assertThat(ended.status()).as(ended.toString()).isZero();
      assertThat(ended.errors()).as("Spark tells of it").contains("Lost executor");
    }
    assertEndsAsTheUndisturbedRun(out, local);
  }

  @Test
  void aRunWhoseDriverIsKilledGoesOnWithResumeToTheSameEnd(
      StandaloneCluster cluster, LocalRun local) throws Exception {
    Path out = folder.resolve("driver");
    try (Command.Running run = train(cluster, local, out).start()) {
      run.awaitOutput("round 3/");
      run.kill();
    }
    assertThat(out.resolve(LocalRun.model(2))).exists();
    assertThat(out.resolve(LocalRun.model(Experiment.LONGER_ROUNDS))).doesNotExist();

    Ended ended = train(cluster, local, out, "--resume").run();

    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(ended.output()).as("begins behind the checkpoint").doesNotContain("round 1/");
    assertEndsAsTheUndisturbedRun(out, local);
  }

  private static Command train(
      StandaloneCluster cluster, LocalRun local, Path out, String... more) {
    return cluster.asm(
        Stream.concat(
                Stream.of(
                    "train", local.conf().toString(), Experiment.LONGER, "--out", out.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static void assertEndsAsTheUndisturbedRun(Path out, LocalRun local) throws Exception {
    assertThat(Files.readAllBytes(out.resolve(LocalRun.model(Experiment.LONGER_ROUNDS))))
        .as("the network, bit for bit")
        .isEqualTo(local.longerModel());
  }
}
