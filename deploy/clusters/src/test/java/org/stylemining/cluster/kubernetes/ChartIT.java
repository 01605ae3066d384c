package org.stylemining.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stylemining.cluster.Distribution;
import org.stylemining.cluster.Ended;

/** The Helm chart of the distribution, rendered by Helm itself. */
class ChartIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void helmFindsNoFault() {
    LintResult found = Chart.lint();
    assertThat(found.isFailed()).as(String.join("\n", found.getMessages())).isFalse();
    assertThat(found.getMessages()).noneMatch(message -> message.contains("[WARNING]"));
  }

  @Test
  void theOperatorTrainsWeeklyAndLabelsNightly() throws IOException {
    Chart chart = Chart.render("demo", "streets", "");
    JsonNode train = spec(chart.one("ScheduledSparkApplication", "demo-train"));
    assertThat(train.path("schedule").asText()).isEqualTo("0 3 * * 6");
    assertThat(words(train.at("/template/arguments")))
        .containsExactly("train", "gta5-to-cityscapes", "--out", "/data/runs/{date}", "--resume");
    JsonNode segment = spec(chart.one("ScheduledSparkApplication", "demo-segment"));
    assertThat(segment.path("schedule").asText()).isEqualTo("0 1 * * *");
    assertThat(segment.path("concurrencyPolicy").asText()).isEqualTo("Forbid");
    assertThat(chart.all("CronJob")).isEmpty();
  }

  @Test
  void aClusterWithoutTheOperatorGetsCronJobs() throws IOException {
    Chart chart = Chart.render("demo", "streets", "mode: cron");
    assertThat(chart.all("CronJob"))
        .extracting(job -> job.getMetadata().getName())
        .containsExactlyInAnyOrder("demo-train", "demo-segment");
    assertThat(chart.all("ScheduledSparkApplication")).isEmpty();
    JsonNode job = spec(chart.one("CronJob", "demo-train")).at("/jobTemplate/spec");
    assertThat(job.path("backoffLimit").asInt()).isEqualTo(2);
    assertThat(job.at("/podFailurePolicy/rules/0/onExitCodes/values").toString())
        .isEqualTo("[2,3,4]");
  }

  @ParameterizedTest
  @CsvSource({"operator,SparkApplication", "cron,Job"})
  void aJobWithoutScheduleRunsOnceAndOneSwitchedOffIsNotThere(String mode, String kind)
      throws IOException {
    Chart chart =
        Chart.render(
            "demo",
            "streets",
            """
            mode: %s
            jobs:
              train: { schedule: "", executors: 5 }
              segment: { enabled: false }
            """
                .formatted(mode));
    JsonNode once = spec(chart.one(kind, "demo-train"));
    assertThat(once.toString()).containsAnyOf("\"instances\":5", "spark.executor.instances=5");
    assertThat(chart.resources())
        .noneMatch(resource -> resource.getMetadata().getName().equals("demo-segment"))
        .noneMatch(resource -> resource.getKind().matches("Scheduled.*|CronJob"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator", "cron"})
  void everyContainerRunsWithoutRights(String mode) throws IOException {
    for (JsonNode pod : pods(mode, "")) {
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      JsonNode container = pod.at("/containers/0/securityContext");
      assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator", "cron"})
  void podsFindDataSharedMemoryAndHadoopsConfiguration(String mode) throws IOException {
    for (JsonNode pod :
        pods(
            mode,
            """
            hadoop: { configMap: site, user: miner }
            executor: { nodeSelector: { gpu: a100 } }
            driver: { nodeSelector: { gpu: a100 } }
            gpu: { enabled: true }
            """)) {
      Map<String, String> mounts = mounts(pod);
      assertThat(mounts)
          .containsEntry("/data", "data")
          .containsEntry("/dev/shm", "shared-memory")
          .containsEntry("/etc/hadoop/conf", "hadoop-conf");
      assertThat(environment(pod))
          .containsEntry("HADOOP_CONF_DIR", "/etc/hadoop/conf")
          .containsEntry("HADOOP_USER_NAME", "miner")
          .containsEntry("GTA5_ROOT", "/data/gta5");
      assertThat(pod.at("/nodeSelector/gpu").asText()).isEqualTo("a100");
      assertThat(pod.at("/tolerations/0/key").asText()).isEqualTo("nvidia.com/gpu");
    }
  }

  @Test
  void onHdfsAloneThereIsNoVolume() throws IOException {
    Chart chart = Chart.render("demo", "streets", "storage: { claim: none }");
    assertThat(chart.all("PersistentVolumeClaim")).isEmpty();
    assertThat(JSON.writeValueAsString(chart.resources())).doesNotContain("/data\"");
  }

  @Test
  void gpusAreAskedForByDriverAndExecutors() throws IOException {
    JsonNode application =
        spec(Chart.render("demo", "streets", "gpu: { enabled: true }")
                .one("ScheduledSparkApplication", "demo-train"))
            .path("template");
    for (String role : List.of("driver", "executor")) {
      JsonNode conf = application.path("sparkConf");
      assertThat(conf.path("spark." + role + ".resource.gpu.amount").asText()).isEqualTo("1");
      assertThat(conf.path("spark." + role + ".resource.gpu.vendor").asText())
          .isEqualTo("nvidia.com");
      assertThat(conf.path("spark." + role + ".resource.gpu.discoveryScript").asText())
          .isEqualTo("/opt/asm/bin/discover-gpus");
    }
    JsonNode driver =
        spec(Chart.render("demo", "streets", "{ mode: cron, gpu: { enabled: true } }")
                .one("CronJob", "demo-train"))
            .at("/jobTemplate/spec/template/spec/containers/0");
    assertThat(driver.at("/resources/limits/nvidia.com~1gpu").asText()).isEqualTo("1");
    assertThat(words(driver.path("args"))).contains("spark.task.resource.gpu.amount=1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ mode: yarn } | mode",
        "{ executer: { cores: 2 } } | executer",
        "{ executor: { heapMiB: 3g } } | heapMiB",
        "{ executor: { overheadMiB: 100 } } | overheadMiB",
        "{ executor: { instances: 0 } } | instances",
        "{ jobs: { train: { arguments: [trian, x] } } } | arguments",
        "{ jobs: { train: { schedule: weekly } } } | schedule",
        "{ jobs: { Train: { enabled: true, arguments: [train] } } } | Train",
        "{ storage: { claim: existing } } | storage.name is empty",
        "{ storage: { mountPath: data } } | mountPath",
        "{ serviceAccount: { create: false } } | serviceAccount.name is empty",
        "{ sparkConf: { executor.memory: 3g } } | executor.memory",
        "{ securityContext: { runAsUser: 0 } } | runAsUser",
      })
  void refusesWhatCannotWork(String values, String told) {
    assertThatThrownBy(() -> Chart.render("demo", "streets", values)).hasMessageContaining(told);
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1000, 4096, 12345})
  void setsMemoryThreadsAndJavaAsTheLauncherDoes(int overhead) throws Exception {
    JsonNode application =
        spec(Chart.render(
                    "demo",
                    "streets",
                    "executor: { cores: 3, heapMiB: 2048, overheadMiB: %d }".formatted(overhead))
                .one("ScheduledSparkApplication", "demo-train"))
            .path("template");
    Map<String, String> launcher =
        launched(
            "--executor-memory",
            "2048m",
            "--conf",
            "spark.executor.memoryOverhead=" + overhead + "m",
            "--conf",
            "spark.task.cpus=3");
    List<String> options =
        new ArrayList<>(List.of(launcher.get("spark.executor.extraJavaOptions").split(" ")));
    options.removeIf(option -> option.contains("cachedir"));
    assertThat(application.at("/executor/javaOptions").asText().split(" ")).containsAll(options);
    JsonNode conf = application.path("sparkConf");
    launcher.forEach(
        (property, value) -> {
          if (property.startsWith("spark.executorEnv.")) {
            assertThat(conf.path(property).asText()).as(property).isEqualTo(value);
          }
          if (property.startsWith("spark.kubernetes.driverEnv.")) {
            assertThat(environment(application.at("/driver/template/spec")))
                .containsKey(property.substring("spark.kubernetes.driverEnv.".length()));
          }
        });
    assertThat(application.at("/executor/memory").asText()).isEqualTo("2048m");
    assertThat(application.at("/executor/memoryOverhead").asText()).isEqualTo(overhead + "m");
  }

  @Test
  void aDriverThatKeepsItsExecutorsMayMarkThem() throws IOException {
    assertThat(rightsOnPods("")).contains("create", "watch").doesNotContain("patch");
    assertThat(rightsOnPods("sparkConf: { spark.kubernetes.executor.deleteOnTermination: false }"))
        .contains("patch");
  }

  private static List<String> rightsOnPods(String values) throws IOException {
    JsonNode role =
        JSON.valueToTree(Chart.render("demo", "streets", values).one("Role", "demo-asm-driver"));
    return words(role.at("/rules/0/verbs"));
  }

  @Test
  void asksForTheSparkOfThisDistribution() throws IOException {
    JsonNode application =
        spec(Chart.render("demo", "streets", "").one("ScheduledSparkApplication", "demo-train"));
    String version = application.at("/template/sparkVersion").asText();
    assertThat(Distribution.folder().resolve("jars/spark-core_2.12-" + version + ".jar")).exists();
  }

  /** What bin/asm tells spark-submit on Kubernetes. */
  private Map<String, String> launched(String... options) throws Exception {
    Path submit = Files.createDirectories(folder.resolve("spark/bin")).resolve("spark-submit");
    Files.writeString(submit, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    List<String> words =
        new ArrayList<>(List.of("--master", "k8s://https://cluster", "--deploy-mode", "cluster"));
    words.addAll(List.of(options));
    words.add("train");
    // The number of threads is the launcher's own, and so is the native libraries' folder.
    Ended ended =
        Distribution.asm(words.toArray(String[]::new))
            .with("SPARK_HOME", folder.resolve("spark").toString())
            .with("OMP_NUM_THREADS", "")
            .run();
    assertThat(ended.status()).as(ended.toString()).isZero();
    Map<String, String> properties = new TreeMap<>();
    ended
        .output()
        .lines()
        .filter(line -> line.matches("spark\\.[^ =]+=.*"))
        .forEach(line -> properties.put(line.split("=", 2)[0], line.split("=", 2)[1]));
    return properties;
  }

  /** Specifications of the driver's and the executors' pods. */
  private static List<JsonNode> pods(String mode, String values) throws IOException {
    Chart chart = Chart.render("demo", "streets", "mode: " + mode + "\n" + values);
    if (mode.equals("operator")) {
      JsonNode application =
          spec(chart.one("ScheduledSparkApplication", "demo-train")).path("template");
      return List.of(
          application.at("/driver/template/spec"), application.at("/executor/template/spec"));
    }
    JsonNode map = JSON.valueToTree(chart.one("ConfigMap", "demo-asm-executor"));
    return List.of(
        spec(chart.one("CronJob", "demo-train")).at("/jobTemplate/spec/template/spec"),
        JSON.valueToTree(
                io.fabric8.kubernetes.client.utils.Serialization.unmarshal(
                    map.at("/data/executor.yaml").asText(), GenericKubernetesResource.class))
            .path("spec"));
  }

  private static Map<String, String> mounts(JsonNode pod) {
    return StreamSupport.stream(pod.at("/containers/0/volumeMounts").spliterator(), false)
        .collect(
            Collectors.toMap(
                mount -> mount.path("mountPath").asText(), mount -> mount.path("name").asText()));
  }

  private static Map<String, String> environment(JsonNode pod) {
    return StreamSupport.stream(pod.at("/containers/0/env").spliterator(), false)
        .collect(
            Collectors.toMap(
                variable -> variable.path("name").asText(),
                variable -> variable.path("value").asText()));
  }

  private static JsonNode spec(GenericKubernetesResource resource) {
    return JSON.valueToTree(resource).path("spec");
  }

  private static List<String> words(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
