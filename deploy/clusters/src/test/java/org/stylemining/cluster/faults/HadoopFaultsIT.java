package org.stylemining.cluster.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stylemining.cluster.ClusterExtension;
import org.stylemining.cluster.Command;
import org.stylemining.cluster.Ended;
import org.stylemining.cluster.Experiment;
import org.stylemining.cluster.LocalRun;
import org.stylemining.cluster.Processes;
import org.stylemining.cluster.hadoop.HadoopCluster;

/** Processes of YARN and HDFS killed in mid run. */
@Tag("cluster")
class HadoopFaultsIT {
  @RegisterExtension
  static final ClusterExtension<HadoopCluster> CLUSTER =
      new ClusterExtension<>(HadoopCluster.class, HadoopCluster::start);

  @BeforeAll
  static void data(HadoopCluster cluster, LocalRun local) throws Exception {
    for (String folder : new String[] {"data", "rain"}) {
      cluster
          .files()
          .copyFromLocalFile(
              new Path(local.folder().resolve(folder).toUri()),
              new Path(cluster.uri("faults/" + folder)));
    }
    cluster.put(
        "faults/tiny.conf",
        Experiment.text(cluster.uri("faults/data"), cluster.uri("faults/rain")));
  }

  @Test
  void aDriverThatIsKilledIsStartedAgainByYarnAndGoesOnToTheSameEnd(
      HadoopCluster cluster, LocalRun local) throws Exception {
    String out = "faults/driver";
    try (Command.Running run = train(cluster, "cluster", out).start()) {
      run.awaitWhileRunning(
          "a checkpoint of round 3", () -> cluster.exists(out + "/" + LocalRun.model(3)));
      ProcessHandle driver =
          cluster.containers("org.apache.spark.deploy.yarn.ApplicationMaster").get(0);
      Processes.kill(driver);

      Ended ended = run.await();

      assertThat(ended.status()).as(ended.toString()).isZero();
    }
    assertEndsAsTheUndisturbedRun(cluster, out, local);
    JsonNode provenance = new ObjectMapper().readTree(cluster.bytes(out + "/provenance.json"));
    assertThat(provenance.path("resumed")).as("went on, and says so").hasSize(1);
  }

  @Test
  void aPretrainingWhoseDriverIsKilledIsGoneOnWithByYarnsNextAttempt(
      HadoopCluster cluster, LocalRun local) throws Exception {
    String out = "faults/generator";
    try (Command.Running run =
        cluster
            .asm("cluster", "pretrain", cluster.uri("faults/tiny.conf"), "--out", cluster.uri(out))
            .start()) {
      run.awaitWhileRunning(
          "a checkpoint of the encoder",
          () -> cluster.exists(out + "/phases/encoder/" + LocalRun.model(1)));
      Processes.kill(cluster.containers("org.apache.spark.deploy.yarn.ApplicationMaster").get(0));

      Ended ended = run.await();

      assertThat(ended.status()).as(ended.toString()).isZero();
    }
    assertThat(cluster.bytes(out + "/rain.safetensors"))
        .as("the generator, bit for bit")
        .isEqualTo(local.generator());
    JsonNode provenance = new ObjectMapper().readTree(cluster.bytes(out + "/provenance.json"));
    assertThat(provenance.path("resumed")).as("went on, and says so").hasSize(1);
  }

  @Test
  void aRunWhoseExecutorIsKilledEndsAsAnUndisturbedOne(HadoopCluster cluster, LocalRun local)
      throws Exception {
    String out = "faults/executor";
    try (Command.Running run = train(cluster, "client", out).start()) {
      run.awaitOutput("round 2/");
      Processes.kill(
          cluster.containers("org.apache.spark.executor.YarnCoarseGrainedExecutorBackend").get(0));

      Ended ended = run.await();

      assertThat(ended.status()).as(ended.toString()).isZero();
      assertThat(ended.errors()).as("Spark tells of it").contains("Lost executor");
    }
    assertEndsAsTheUndisturbedRun(cluster, out, local);
  }

  @Test
  void aRunDoesNotMissADataNode(HadoopCluster cluster, LocalRun local) throws Exception {
    String out = "faults/datanode";
    try (Command.Running run = train(cluster, "client", out).start()) {
      run.awaitOutput("round 2/");
      cluster.dataNode(0).kill();

      Ended ended = run.await();

      assertThat(ended.status()).as(ended.toString()).isZero();
    } finally {
      cluster.restartDataNode(0);
    }
    assertEndsAsTheUndisturbedRun(cluster, out, local);
  }

  private static Command train(HadoopCluster cluster, String mode, String out) {
    return cluster.asm(
        mode,
        "train",
        cluster.uri("faults/tiny.conf"),
        Experiment.LONGER,
        "--out",
        cluster.uri(out));
  }

  private static void assertEndsAsTheUndisturbedRun(
      HadoopCluster cluster, String out, LocalRun local) throws Exception {
    assertThat(cluster.bytes(out + "/" + LocalRun.model(Experiment.LONGER_ROUNDS)))
        .as("the network, bit for bit")
        .isEqualTo(local.longerModel());
  }
}
