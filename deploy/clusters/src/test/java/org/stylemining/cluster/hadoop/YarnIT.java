package org.stylemining.cluster.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stylemining.cluster.ClusterExtension;
import org.stylemining.cluster.Command;
import org.stylemining.cluster.Distribution;
import org.stylemining.cluster.Ended;
import org.stylemining.cluster.Experiment;
import org.stylemining.cluster.LocalRun;
import org.stylemining.cluster.Pages;

/** The commands in the order a person uses them, on YARN, with every file on HDFS. */
@Tag("cluster")
@TestMethodOrder(OrderAnnotation.class)
class YarnIT {
  @RegisterExtension
  static final ClusterExtension<HadoopCluster> CLUSTER =
      new ClusterExtension<>(HadoopCluster.class, HadoopCluster::start);

  @Test
  @Order(1)
  void trainsTheGeneratorInClientMode(HadoopCluster cluster, LocalRun local) throws Exception {
    Ended drawn = Distribution.drawing(cluster.uri("data")).with(cluster.environment()).run();
    assertThat(drawn.status()).as(drawn.toString()).isZero();
    cluster.put("tiny.conf", Experiment.text(cluster.uri("data"), cluster.uri("rain")));

    Ended ended =
        cluster
            .asm("client", "pretrain", cluster.uri("tiny.conf"), "--out", cluster.uri("rain"))
            .run();

    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(cluster.bytes("rain/rain.safetensors"))
        .as("the generator, bit for bit")
        .isEqualTo(local.generator());
  }

  @Test
  @Order(2)
  void trainsInClientMode(HadoopCluster cluster, LocalRun local) throws Exception {
    Ended ended =
        cluster
            .asm("client", "train", cluster.uri("tiny.conf"), "--out", cluster.uri("client"))
            .run();

    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(ended.output()).contains("round 3/3");
    assertLeftARunFolder(cluster, "client", local);
  }

  @Test
  @Order(3)
  void trainsInClusterModeFromAConfigurationOfThisMachine(HadoopCluster cluster, LocalRun local)
      throws Exception {
    java.nio.file.Path conf =
        Files.writeString(Distribution.workFolder().resolve("here.conf"), Experiment.text());

    Ended ended =
        cluster
            .asm("cluster", "train", conf.toString(), "--out", cluster.uri("cluster"))
            .with("ASM_DEMO_DATA", cluster.uri("data"))
            .with("ASM_RAIN", cluster.uri("rain"))
            .run();

    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(ended.errors()).contains("final status: SUCCEEDED");
    assertLeftARunFolder(cluster, "cluster", local);
  }

  @Test
  @Order(4)
  void plainSparkSubmitTrainsTheSameAndTellsWhatIsMissing(HadoopCluster cluster, LocalRun local)
      throws Exception {
    Ended ended =
        submit(
            cluster,
            List.of("--conf", "spark.executorEnv.OMP_NUM_THREADS=1"),
            "client",
            "train",
            cluster.uri("tiny.conf"),
            "--out",
            cluster.uri("plain"));

    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(ended.errors())
        .contains("--conf spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector")
        .contains("--driver-java-options --add-modules=jdk.incubator.vector")
        .contains("--conf spark.executorEnv.OMP_WAIT_POLICY=PASSIVE");
    assertLeftARunFolder(cluster, "plain", local);
  }

  @Test
  @Order(5)
  void scoresInClusterModeWithTheSettingsThatComeAlong(HadoopCluster cluster) throws Exception {
    Ended ended =
        submit(
            cluster,
            List.of(
                "--properties-file",
                YarnDefaultsIT.file("cpu").toString(),
                "--conf",
                "spark.task.cpus=1",
                "--conf",
                "spark.driver.cores=1"),
            "cluster",
            "evaluate",
            cluster.uri("tiny.conf"),
            "--checkpoint",
            cluster.uri("cluster"),
            "--out",
            cluster.uri("cluster"));

    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(json(cluster, "cluster/scores.json").path("mIoU").doubleValue()).isBetween(0.0, 1.0);
  }

  @Test
  @Order(6)
  void labelsAFolderInClientMode(HadoopCluster cluster) throws Exception {
    Ended ended =
        cluster
            .asm(
                "client",
                "segment",
                cluster.uri("tiny.conf"),
                "--checkpoint",
                cluster.uri("cluster"),
                "--input",
                cluster.uri("data/gta5/images"),
                "--output",
                cluster.uri("labels"))
            .run();

    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(names(cluster, "labels")).contains("_SUCCESS", "_labels.json", "00001.png");
  }

  @Test
  @Order(7)
  void reportsOnHdfs(HadoopCluster cluster) throws Exception {
    Ended ended =
        Distribution.asm("report", cluster.uri("cluster")).with(cluster.environment()).run();

    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(new String(cluster.bytes("cluster/report.html"), StandardCharsets.UTF_8))
        .contains("mIoU");
  }

  @Test
  @Order(8)
  void watchesAFinishedRunOnHdfs(HadoopCluster cluster) throws Exception {
    try (Command.Running watch = watching(cluster, "cluster")) {
      JsonNode run = Pages.json(page(watch)).path("run");

      assertThat(run.path("stage").textValue()).isEqualTo("finished");
      assertThat(run.path("round").intValue()).isEqualTo(Experiment.ROUNDS);
      assertThat(run.path("folder").textValue()).isEqualTo(cluster.uri("cluster"));
    }
  }

  @Test
  @Order(9)
  void watchesALogOnHdfsWhileItIsWritten(HadoopCluster cluster) throws Exception {
    try (Command.Running watch = watching(cluster, "live")) {
      String page = page(watch);
      assertThat(Pages.json(page).at("/run/stage").textValue()).isEqualTo("waiting");
      Path log = new Path(cluster.uri("live/metrics.jsonl"));
      try (FSDataOutputStream out = cluster.files().create(log)) {
        for (int round = 1; round <= 3; round++) {
          out.writeBytes("{\"kind\":\"round\",\"round\":" + round + ",\"rounds\":9}\n{\"kind\":");
          out.hflush();
          int told = round;
          watch.awaitWhileRunning(
              "round " + round, () -> Pages.json(page).at("/run/round").intValue() == told);
          out.writeBytes("\"of a newer version\"}\n");
        }
        assertThat(cluster.files().getFileStatus(log).getLen())
            .as("what the NameNode tells of a file that is being written")
            .isLessThan(out.getPos());
      }
      try (FSDataOutputStream out = cluster.files().create(log, true)) {
        out.writeBytes("{\"kind\":\"round\",\"round\":1,\"rounds\":9}\n");
        out.hflush();
        watch.awaitWhileRunning(
            "the log that is begun anew", () -> Pages.json(page).at("/run/round").intValue() == 1);
      }
      assertThat(names(cluster, "live")).as("nothing is written").containsExactly("metrics.jsonl");
    }
  }

  @Test
  @Order(10)
  void aTrainingInClusterModeHasNoPageOfItsOwn(HadoopCluster cluster) throws Exception {
    Ended ended =
        cluster
            .asm("cluster", "train", cluster.uri("tiny.conf"), "--watch", "--out", cluster.uri("x"))
            .run();

    assertThat(ended.status()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.errors()).contains("bin/asm watch DIR").doesNotContain("Submitting");
  }

  private static Command.Running watching(HadoopCluster cluster, String run) throws Exception {
    return Distribution.asm("watch", cluster.uri(run), "--port", "0", "--every", "0.2")
        .with(cluster.environment())
        .start();
  }

  private static String page(Command.Running watch) throws Exception {
    watch.awaitOutput("Ctrl-C ends it");
    String out = watch.output();
    return out.substring(out.indexOf("http://")).lines().findFirst().orElseThrow() + "state.json";
  }

  @Test
  @Order(11)
  void aMistakeOfTheUsersHasStatusTwoInClientMode(HadoopCluster cluster) throws Exception {
    Ended ended =
        cluster
            .asm("client", "train", cluster.uri("tiny.conf"), "--out", cluster.uri("client"))
            .run();

    assertThat(ended.status()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.errors()).contains("--resume");
  }

  @Test
  @Order(12)
  void aMistakeOfTheUsersIsToldToWhoeverSubmittedInClusterMode(HadoopCluster cluster)
      throws Exception {
    Ended ended =
        cluster
            .asm(
                "cluster",
                "--conf",
                "spark.yarn.maxAppAttempts=1",
                "train",
                cluster.uri("tiny.conf"),
                "--out",
                cluster.uri("client"))
            .run();

    assertThat(ended.status()).as(ended.toString()).isEqualTo(1);
    assertThat(ended.errors()).contains("asm ended with status 2").contains("--resume");
  }

  private static Ended submit(
      HadoopCluster cluster, List<String> options, String mode, String... words) throws Exception {
    List<String> all = new ArrayList<>(options);
    all.addAll(cluster.options(mode));
    all.addAll(
        List.of("--class", "org.stylemining.command.Main", Distribution.application().toString()));
    all.addAll(List.of(words));
    return Distribution.submit(all.toArray(String[]::new)).with(cluster.environment()).run();
  }

  private static void assertLeftARunFolder(HadoopCluster cluster, String run, LocalRun local)
      throws IOException {
    assertThat(names(cluster, run))
        .contains("config.conf", "provenance.json", "metrics.jsonl", "checkpoints", "strips");
    assertThat(names(cluster, run + "/checkpoints"))
        .containsExactlyInAnyOrder("round-000001", "round-000002", "round-000003");
    assertThat(cluster.bytes(run + "/" + LocalRun.model(Experiment.ROUNDS)))
        .as("the network, bit for bit")
        .isEqualTo(local.model());
    JsonNode ran = json(cluster, run + "/provenance.json").path("cluster");
    assertThat(ran.path("master").textValue()).isEqualTo("yarn");
    assertThat(ran.path("executors").intValue()).isEqualTo(2);
  }

  private static List<String> names(HadoopCluster cluster, String folder) throws IOException {
    List<String> names = new ArrayList<>();
    for (FileStatus file : cluster.files().listStatus(new Path(cluster.uri(folder)))) {
      names.add(file.getPath().getName());
    }
    return names;
  }

  private static JsonNode json(HadoopCluster cluster, String file) throws IOException {
    return new ObjectMapper().readTree(cluster.bytes(file));
  }
}
