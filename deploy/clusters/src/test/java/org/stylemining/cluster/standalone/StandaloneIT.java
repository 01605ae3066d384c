package org.stylemining.cluster.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stylemining.cluster.ClusterExtension;
import org.stylemining.cluster.Distribution;
import org.stylemining.cluster.Ended;
import org.stylemining.cluster.Experiment;
import org.stylemining.cluster.LocalRun;

/** The program on a cluster of Spark's own, with two workers in processes of their own. */
@TestMethodOrder(OrderAnnotation.class)
class StandaloneIT {
  @RegisterExtension
  static final ClusterExtension<StandaloneCluster> CLUSTER =
      new ClusterExtension<>(StandaloneCluster.class, StandaloneCluster::start);

  private static Path folder;

  @BeforeAll
  static void folder() throws Exception {
    folder = Distribution.emptyFolder("standalone-runs");
  }

  @Test
  @Order(1)
  void trainsToTheSameParametersAsOneMachine(StandaloneCluster cluster, LocalRun local)
      throws Exception {
    Path train = folder.resolve("train");

    Ended ended = cluster.asm("train", local.conf().toString(), "--out", train.toString()).run();

    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(train.resolve(LocalRun.model(Experiment.ROUNDS)))
        .as("bit for bit")
        .hasBinaryContent(local.model());
    JsonNode ran = json(train.resolve("provenance.json")).path("cluster");
    assertThat(ran.path("workers").intValue()).isEqualTo(Experiment.WORKERS);
    assertThat(ran.path("executors").intValue()).isEqualTo(2);
    assertThat(ended.output().lines().filter(line -> line.startsWith("worker ")))
        .as("a worker on each executor")
        .hasSize(2)
        .anyMatch(line -> line.contains("executor 0"))
        .anyMatch(line -> line.contains("executor 1"));
  }

  @Test
  @Order(2)
  void scoresTheNetwork(StandaloneCluster cluster, LocalRun local) throws Exception {
    Path scores = folder.resolve("scores");

    Ended ended =
        cluster
            .asm(
                "evaluate",
                local.conf().toString(),
                "--checkpoint",
                folder.resolve("train").toString(),
                "--out",
                scores.toString())
            .run();

    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(json(scores.resolve("scores.json")).path("mIoU").doubleValue()).isBetween(0.0, 1.0);
    assertThat(ended.output()).contains("mIoU");
  }

  @Test
  @Order(3)
  void aMistakeOfTheUsersHasStatusTwo(StandaloneCluster cluster, LocalRun local) throws Exception {
    Ended ended =
        cluster
            .asm("train", local.conf().toString(), "--out", folder.resolve("train").toString())
            .run();

    assertThat(ended.status()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.errors()).contains("--resume");
  }

  @Test
  @Order(4)
  void comparesMethodsTwoCellsAtOnceAndTellsOfOneThatFailed(
      StandaloneCluster cluster, LocalRun local) throws Exception {
    Path out = folder.resolve("compared");
    String[] words = {
      "compare",
      local.conf().toString(),
      "cluster.workers=1",
      "--methods",
      "source-only,adversarial",
      "--method",
      "broken:model.initial-weights=" + folder.resolve("nowhere"),
      "--seeds",
      "1",
      "--out",
      out.toString()
    };

    Ended ended = cluster.asm(words).run();

    assertThat(ended.status()).as(ended.toString()).isEqualTo(1);
    assertThat(ended.output()).contains("cells of 1 worker each, 2 at once");
    assertThat(ended.errors()).contains("1 of 3 cells failed").contains("broken/seed-1: ");
    assertThat(json(out.resolve("compare.json")).path("cells")).hasSize(2);

    words[6] = "broken:mining.depth=1";
    Ended mixed = cluster.asm(words).run();

    assertThat(mixed.status()).as(mixed.toString()).isEqualTo(0);
    assertThat(mixed.output()).contains("3 cells, 2 of them done before");
    assertThat(json(out.resolve("compare.json")).path("cells")).hasSize(3);

    words[4] = "source-onyl";
    assertThat(cluster.asm(words).run().status()).isEqualTo(2);
  }

  private static JsonNode json(Path file) throws Exception {
    return new ObjectMapper().readTree(Files.readAllBytes(file));
  }
}
