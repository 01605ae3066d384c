package org.stylemining.cluster.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stylemining.cluster.ClusterExtension;
import org.stylemining.cluster.Daemon;
import org.stylemining.cluster.Distribution;
import org.stylemining.cluster.Ended;
import org.stylemining.cluster.LocalRun;
import org.stylemining.cluster.SharedCluster;

/** What is checked before work begins, on executors in processes of their own. */
class StartChecksIT {
  /** Nothing has to be started: each command starts its executors. */
  record NoDaemons() implements SharedCluster {
    @Override
    public List<Daemon> daemons() {
      return List.of();
    }

    @Override
    public void close() {
      // Nothing runs.
    }
  }

  @RegisterExtension
  static final ClusterExtension<NoDaemons> LOCAL =
      new ClusterExtension<>(NoDaemons.class, NoDaemons::new);

  private static Path folder;

  @BeforeAll
  static void folder() throws IOException {
    folder = Distribution.emptyFolder("start-checks");
  }

  @Test
  void gpusOfADryRunAreToldAndStandIdle(LocalRun local) throws Exception {
    // Spark asks the script once for each worker daemon: the n-th gets GPU n.
    Path script =
        script(
            "own.sh",
            "for n in 0 1; do mkdir %s.$n 2>/dev/null && { echo \"{\\\"name\\\": \\\"gpu\\\", \\\"addresses\\\": [\\\"$n\\\"]}\"; exit; }; done"
                .formatted(folder.resolve("taken")));

    Ended ended = train(local, "dry", gpus(script), "cluster.device=cpu");

    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(ended.output())
        .contains("2 executors, 2 workers at a time")
        .contains("1 worker, 1 thread, GPU 0 left idle", "1 worker, 1 thread, GPU 1 left idle");
    assertThat(Files.readString(folder.resolve("dry/metrics.jsonl")))
        .contains("{\"kind\":\"memory\",\"round\":3,\"executor\":\"0\"")
        .contains("{\"kind\":\"memory\",\"round\":3,\"executor\":\"1\"")
        .contains("{\"kind\":\"memory\",\"round\":3,\"executor\":\"driver\"");
  }

  @Test
  void oneGpuForTwoExecutorsIsRefused(LocalRun local) throws Exception {
    Path script = script("same.sh", "echo '{\"name\": \"gpu\", \"addresses\": [\"0\"]}'");

    Ended ended = train(local, "same", gpus(script), "cluster.device=cpu");

    assertThat(ended.status()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.errors()).contains("GPU 0 was given to 2 executors", "discoveryScript");
  }

  @Test
  void gpusThatABuildForProcessorsWouldWasteAreRefusedAtOnce(LocalRun local) throws Exception {
    Ended ended = train(local, "waste", gpus(folder.resolve("never-asked.sh")));

    assertThat(ended.status()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.errors())
        .contains("spark.task.resource.gpu.amount=1", "ASM_PROFILE=cuda", "cluster.device=cpu");
  }

  @Test
  void fewerExecutorsThanAskedForStopTheJob(LocalRun local) throws Exception {
    Ended ended =
        train(
            local,
            "fewer",
            List.of(),
            "cluster.executors.count=3",
            "cluster.executors.wait-seconds=15");

    assertThat(ended.status()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.errors())
        .contains("2 of 3 (cluster.executors.count) executors", "cluster.executors.fewer=go-on");
  }

  @Test
  void aNetworkThatDoesNotFitIsRefusedWithWhatToSet(LocalRun local) throws Exception {
    Ended ended =
        train(
            local,
            "large",
            List.of(),
            "model.backbone=resnet101",
            "model.width=1",
            "data.crop={width=960,height=480}");

    assertThat(ended.status()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.errors())
        .contains("executors 0, 1 (each): 1 worker needs about")
        .contains("spark.executor.memoryOverhead=", "data.crop", "cluster.memory-check=warn");
    assertThat(folder.resolve("large/checkpoints")).doesNotExist();
  }

  private static Ended train(LocalRun local, String out, List<String> options, String... values)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--master",
                "local-cluster[2,1,1024]",
                "--executor-memory",
                "512m",
                "--conf",
                "spark.ui.enabled=false"));
    words.addAll(options);
    words.addAll(List.of("train", local.conf().toString()));
    words.addAll(List.of(values));
    words.addAll(List.of("--out", folder.resolve(out).toString()));
    return Distribution.asm(words.toArray(String[]::new)).run();
  }

  private static List<String> gpus(Path script) {
    return List.of(
        "--conf",
        "spark.worker.resource.gpu.amount=1",
        "--conf",
        "spark.worker.resource.gpu.discoveryScript=" + script,
        "--conf",
        "spark.executor.resource.gpu.amount=1",
        "--conf",
        "spark.task.resource.gpu.amount=1");
  }

  private static Path script(String name, String line) throws IOException {
    Path script = Files.writeString(folder.resolve(name), "#!/usr/bin/env bash\n" + line + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
