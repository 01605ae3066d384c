package org.stylemining.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.Pluralize;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stylemining.cluster.ClusterExtension;
import org.stylemining.cluster.Distribution;
import org.stylemining.cluster.Ended;
import org.stylemining.cluster.Experiment;
import org.stylemining.cluster.LocalRun;

/**
 * The chart and the program on a real API server: its access rules, its schemas, its watches. Pods
 * run what the image's entrypoint runs, as the image's user.
 */
@Tag("kubernetes")
@TestMethodOrder(OrderAnnotation.class)
class KubernetesIT {
  @RegisterExtension
  static final ClusterExtension<KubernetesCluster> CLUSTER =
      new ClusterExtension<>(KubernetesCluster.class, KubernetesCluster::start);

  /** Small pods, and executors on the node's GPUs. */
  private static final String VALUES =
      """
      image: { pullPolicy: Never }
      driver:
        heapMiB: 512
        overheadMiB: 1024
        tolerations: &here [{ key: nvidia.com/gpu, operator: Exists, effect: NoSchedule }]
        nodeSelector: &a100 { gpu: a100 }
      executor: { cores: 1, heapMiB: 512, overheadMiB: 1024, tolerations: *here, nodeSelector: *a100 }
      env: []
      sparkConf: &conf
        spark.ui.enabled: false
        spark.executor.resource.gpu.amount: 1
        spark.executor.resource.gpu.vendor: nvidia.com
        spark.executor.resource.gpu.discoveryScript: /opt/asm/bin/discover-gpus
        spark.task.resource.gpu.amount: 1
      jobs:
        train:
          executors: 2
          arguments: [train, /data/tiny.conf, --out, "/data/runs/%s-{date}", --resume]
      """;

  @BeforeAll
  static void theMachineHasWhatItTakes() throws Exception {
    Tools.assumePresent();
  }

  @Test
  @Order(1)
  void theServerTakesEveryManifestOfTheChart(KubernetesCluster cluster) throws Exception {
    for (String mode : List.of("operator", "cron")) {
      Chart chart =
          chart("mode: " + mode + "\njobs: { once: { enabled: true, arguments: [segment, x] } }");
      for (GenericKubernetesResource resource : chart.resources()) {
        if (!resource.getApiVersion().startsWith("sparkoperator.k8s.io/")) {
          dryRun(cluster.client(), forServer(resource));
        }
      }
    }
    GenericKubernetesResource wrong = chart("").one("ServiceAccount", "demo-asm");
    wrong.getMetadata().setName("Not A Name");
    assertThatThrownBy(() -> dryRun(cluster.client(), wrong))
        .as("the server does look")
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("Not A Name");
  }

  /** The operator's definitions are not part of this project: the variable names their folder. */
  @Test
  @Order(2)
  void theOperatorsDefinitionsTakeTheChartsApplications(KubernetesCluster cluster)
      throws Exception {
    String variable = "ASM_SPARK_OPERATOR_CRDS";
    String definitions = System.getenv(variable);
    assumeTrue(
        definitions != null,
        "set " + variable + " to the folder of the Spark operator's CRDs (config/crd/bases)");
    try (Stream<Path> files = Files.list(Path.of(definitions))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".yaml")).toList()) {
        create(cluster.client(), file);
      }
    }
    cluster.await(
        "the operator's API",
        () ->
            cluster.client().getApiGroup("sparkoperator.k8s.io") != null
                && cluster
                    .client()
                    .getApiResources("sparkoperator.k8s.io/v1beta2")
                    .getResources()
                    .stream()
                    .map(APIResource::getName)
                    .toList()
                    .containsAll(List.of("sparkapplications", "scheduledsparkapplications")),
        Duration.ofSeconds(30));
    List<GenericKubernetesResource> applications = new ArrayList<>();
    for (String schedule : List.of("0 3 * * 6", "")) {
      Chart chart =
          chart(
              """
              timeZone: Europe/Lisbon
              image: { pullSecrets: [registry] }
              hadoop: { configMap: site }
              gpu: { enabled: true }
              jobs: { train: { schedule: '%s' } }
              """
                  .formatted(schedule));
      applications.addAll(chart.all("ScheduledSparkApplication"));
      applications.addAll(chart.all("SparkApplication"));
    }
    // A client keeps in mind which kinds there were when it first looked.
    try (KubernetesClient client = cluster.freshClient()) {
      for (GenericKubernetesResource application : applications) {
        GenericKubernetesResource taken = dryRun(client, application);
        assertThat(missing("", tree(application).path("spec"), tree(taken).path("spec")))
            .as("fields that the operator does not know")
            .isEmpty();
      }
      GenericKubernetesResource wrong = applications.get(0);
      wrong.<Map<String, Object>>get("spec", "template", "driver").put("cores", "one");
      assertThatThrownBy(() -> dryRun(client, wrong))
          .as("the server does look")
          .hasMessageContaining("driver.cores");
    }
  }

  @Test
  @Order(3)
  void trainsInClusterModeToTheSameParametersAsOneMachine(KubernetesCluster cluster, LocalRun local)
      throws Exception {
    String conf = cluster.bring(local);
    cluster.apply(
        chart("").resources().stream()
            .filter(resource -> resource.getKind().matches("ServiceAccount|Role|RoleBinding"))
            .toList());
    Ended ended =
        cluster.asm(options("train-driver", "train", conf, "--out", "/data/runs/asm")).run();
    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(cluster.exitStatus("train-driver")).as(cluster.log("train-driver")).isZero();
    assertTrained(cluster, local, "asm", "train-driver");
  }

  @Test
  @Order(4)
  void sparkSubmitSaysNothingOfAMistakeButTheDriversPodDoes(
      KubernetesCluster cluster, LocalRun local) throws Exception {
    String conf = cluster.bring(local);
    Ended ended =
        cluster
            .asm(
                options(
                    "mistaken-driver", "train", conf, "trainin.updates=3", "--out", "/data/runs/x"))
            .run();
    assertThat(ended.status()).as("spark-submit's own").isZero();
    assertThat(cluster.exitStatus("mistaken-driver")).isEqualTo(2);
    assertThat(cluster.log("mistaken-driver")).contains("trainin.updates");
  }

  /** There is no controller for jobs here: the pod is made of the job's template by the test. */
  @Test
  @Order(5)
  void theCronJobsPodIsADriverThatTrains(KubernetesCluster cluster, LocalRun local)
      throws Exception {
    cluster.bring(local);
    Chart chart = chart("mode: cron\n" + VALUES.formatted("cron"));
    cluster.apply(
        chart.resources().stream()
            .filter(resource -> !resource.getKind().equals("CronJob"))
            .toList());
    PodTemplateSpec template =
        new ObjectMapper()
            .convertValue(
                tree(chart.one("CronJob", "demo-train")).at("/spec/jobTemplate/spec/template"),
                PodTemplateSpec.class);
    cluster
        .client()
        .resource(
            new PodBuilder()
                .withMetadata(template.getMetadata())
                .editMetadata()
                .withName("demo-train-1")
                .withNamespace(KubernetesCluster.NAMESPACE)
                .endMetadata()
                .withSpec(template.getSpec())
                .build())
        .create();
    assertThat(cluster.exitStatus("demo-train-1")).as(cluster.log("demo-train-1")).isZero();
    assertTrained(cluster, local, "cron-*", "demo-train-1");
  }

  /** There is no operator here: what it would submit, spark-submit is told by the test. */
  @Test
  @Order(6)
  void whatTheOperatorSubmitsTrains(KubernetesCluster cluster, LocalRun local) throws Exception {
    cluster.bring(local);
    JsonNode application =
        tree(chart(VALUES.formatted("operator")).one("ScheduledSparkApplication", "demo-train"))
            .at("/spec/template");
    List<String> words = new ArrayList<>(cluster.submission());
    List<String> conf = new ArrayList<>();
    application
        .path("sparkConf")
        .fields()
        .forEachRemaining(entry -> conf.add(entry.getKey() + "=" + entry.getValue().asText()));
    conf.add("spark.kubernetes.container.image=" + application.path("image").asText());
    conf.add("spark.kubernetes.driver.pod.name=operated-driver");
    conf.add("spark.executor.instances=" + application.at("/executor/instances").asText());
    conf.add(
        "spark.kubernetes.authenticate.driver.serviceAccountName="
            + application.at("/driver/serviceAccount").asText());
    for (String role : List.of("driver", "executor")) {
      JsonNode pod = application.path(role);
      conf.add("spark." + role + ".cores=" + pod.path("cores").asText());
      conf.add("spark." + role + ".memory=" + pod.path("memory").asText());
      conf.add("spark." + role + ".memoryOverhead=" + pod.path("memoryOverhead").asText());
      conf.add("spark." + role + ".extraJavaOptions=" + pod.path("javaOptions").asText());
      Path template = Distribution.workFolder().resolve("kubernetes/" + role + ".yaml");
      Files.writeString(template, Serialization.asYaml(pod.path("template")));
      conf.add("spark.kubernetes." + role + ".podTemplateFile=" + template);
    }
    conf.forEach(property -> words.addAll(List.of("--conf", property)));
    words.addAll(
        List.of(
            "--class",
            application.path("mainClass").asText(),
            application.path("mainApplicationFile").asText()));
    application.path("arguments").forEach(word -> words.add(word.asText()));
    Ended ended = Distribution.submit(words.toArray(String[]::new)).run();
    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(cluster.exitStatus("operated-driver")).as(cluster.log("operated-driver")).isZero();
    assertTrained(cluster, local, "operator-*", "operated-driver");
  }

  @Test
  @Order(7)
  void theDriversRightsAreThoseItUsed(KubernetesCluster cluster) throws Exception {
    Set<String> granted = new TreeSet<>();
    for (JsonNode rule : tree(chart("").one("Role", "demo-asm-driver")).path("rules")) {
      for (JsonNode verb : rule.path("verbs")) {
        granted.add(verb.asText() + " " + rule.at("/resources/0").asText());
      }
    }
    Set<String> used = cluster.rightsUsedBy("demo-asm");
    assertThat(granted).containsAll(used);
    granted.removeAll(used);
    assertThat(granted).as("of an executor that failed").containsExactly("delete pods");
  }

  /** The chart's release {@code demo}, in the cluster's namespace. */
  private static Chart chart(String values) throws IOException {
    return Chart.render("demo", KubernetesCluster.NAMESPACE, values);
  }

  /** Options of the tests' jobs in cluster mode, and the command. */
  private static List<String> options(String driver, String... command) {
    List<String> words = new ArrayList<>();
    for (String property :
        List.of(
            "spark.kubernetes.driver.pod.name=" + driver,
            "spark.kubernetes.container.image=asm:0.1.0",
            "spark.kubernetes.authenticate.driver.serviceAccountName=demo-asm",
            "spark.driver.memory=512m",
            "spark.driver.memoryOverhead=1g",
            "spark.executor.memory=512m",
            "spark.executor.memoryOverhead=1g",
            "spark.executor.instances=2",
            "spark.ui.enabled=false",
            "spark.executor.resource.gpu.amount=1",
            "spark.executor.resource.gpu.vendor=nvidia.com",
            "spark.executor.resource.gpu.discoveryScript=/opt/asm/bin/discover-gpus",
            "spark.task.resource.gpu.amount=1")) {
      words.addAll(List.of("--conf", property));
    }
    for (String role : List.of("driver", "executor")) {
      String volume = "spark.kubernetes." + role + ".volumes.persistentVolumeClaim.data.";
      words.addAll(List.of("--conf", volume + "mount.path=/data"));
      words.addAll(List.of("--conf", volume + "options.claimName=" + KubernetesCluster.CLAIM));
      Path template = ControlPlane.script("tolerate-gpus.yaml");
      words.addAll(List.of("--conf", "spark.kubernetes." + role + ".podTemplateFile=" + template));
    }
    words.addAll(List.of(command));
    return words;
  }

  private static void assertTrained(
      KubernetesCluster cluster, LocalRun local, String run, String driver) throws Exception {
    String log = cluster.log(driver);
    assertThat(cluster.run(run).resolve(LocalRun.model(Experiment.ROUNDS)))
        .as("bit for bit")
        .hasBinaryContent(local.model());
    assertThat(log.lines().filter(line -> line.startsWith("worker ")))
        .as("a worker on each executor")
        .hasSize(2)
        .anyMatch(line -> line.contains("executor 1"))
        .anyMatch(line -> line.contains("executor 2"));
    assertThat(log.toLowerCase(Locale.ROOT)).as("rights").doesNotContain("forbidden");
    assertThat(cluster.devices()).as("both GPUs of the node").contains("GPU-0", "GPU-1");
    cluster.await(
        "the end of executors", () -> cluster.executors().isEmpty(), Duration.ofSeconds(30));
  }

  /** CronJob is batch/v1 from Kubernetes 1.21 on; an older server knows the same one as beta. */
  private static GenericKubernetesResource forServer(GenericKubernetesResource resource) {
    if (resource.getKind().equals("CronJob")) {
      resource.setApiVersion("batch/v1beta1");
    }
    return resource;
  }

  private static GenericKubernetesResource dryRun(
      KubernetesClient client, GenericKubernetesResource resource) {
    String version = resource.getApiVersion();
    int slash = version.indexOf('/');
    // By its place on the server: the client has no classes for the operator's resources.
    return client
        .genericKubernetesResources(
            new ResourceDefinitionContext.Builder()
                .withGroup(version.substring(0, Math.max(0, slash)))
                .withVersion(version.substring(slash + 1))
                .withKind(resource.getKind())
                .withPlural(Pluralize.toPlural(resource.getKind().toLowerCase(Locale.ROOT)))
                .withNamespaced(true)
                .build())
        .inNamespace(KubernetesCluster.NAMESPACE)
        .resource(resource)
        .dryRun()
        .create();
  }

  /**
   * Creates a definition. Defaults that are empty texts are left out: a server of 1.20 takes them
   * for none, and refuses them; what an application may say does not depend on them.
   */
  private static void create(KubernetesClient client, Path definition) throws IOException {
    JsonNode text = new YAMLMapper().readTree(Files.readString(definition));
    withoutEmptyDefaults(text);
    client.raw("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "POST", text);
  }

  private static void withoutEmptyDefaults(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.path("default").asText("?").isEmpty()) {
      object.remove("default");
    }
    schema.forEach(KubernetesIT::withoutEmptyDefaults);
  }

  private static JsonNode tree(GenericKubernetesResource resource) {
    return new ObjectMapper().valueToTree(resource);
  }

  /** Paths of what one tree has and another lacks. */
  private static List<String> missing(String path, JsonNode sent, JsonNode taken) {
    List<String> paths = new ArrayList<>();
    if (taken.isMissingNode()) {
      paths.add(path);
    } else if (sent.isObject()) {
      sent.fields()
          .forEachRemaining(
              entry ->
                  paths.addAll(
                      missing(
                          path + "." + entry.getKey(),
                          entry.getValue(),
                          taken.path(entry.getKey()))));
    } else if (sent.isArray()) {
      for (int i = 0; i < sent.size(); i++) {
        paths.addAll(missing(path + "[" + i + "]", sent.get(i), taken.path(i)));
      }
    }
    return paths;
  }
}
