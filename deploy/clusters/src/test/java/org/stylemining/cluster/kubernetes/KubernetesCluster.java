package org.stylemining.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.stylemining.cluster.Command;
import org.stylemining.cluster.Daemon;
import org.stylemining.cluster.Distribution;
import org.stylemining.cluster.Experiment;
import org.stylemining.cluster.LocalRun;
import org.stylemining.cluster.SharedCluster;

/** A real API server and one node with two GPUs, and the image and a volume of data on the node. */
final class KubernetesCluster implements SharedCluster {
  static final String NAMESPACE = "streets";

  /** The claim that the chart makes for the release {@code demo}. */
  static final String CLAIM = "demo-asm-data";

  private final ControlPlane plane;
  private final Node node;
  private final KubernetesClient client;
  private final Path data;

  private KubernetesCluster(ControlPlane plane, Node node, Path data) {
    this.plane = plane;
    this.node = node;
    this.client = plane.client();
    this.data = data;
  }

  /** Starts all; the test is skipped where the machine lacks what that takes. */
  static KubernetesCluster start() throws IOException, InterruptedException {
    Path folder = Distribution.emptyFolder("kubernetes");
    Path program = Tools.apiServer(folder);
    Image image = Image.layOut(folder.resolve("layers"));
    Path data = Files.createDirectory(folder.resolve("data"));
    ControlPlane plane = ControlPlane.start(folder, program);
    try {
      Node node =
          new Node(
              plane, Files.createDirectory(folder.resolve("pods")), image, Map.of(CLAIM, data));
      KubernetesCluster cluster = new KubernetesCluster(plane, node, data);
      cluster
          .client
          .namespaces()
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
          .create();
      node.start();
      return cluster;
    } catch (Throwable e) {
      plane.close();
      throw e;
    }
  }

  KubernetesClient client() {
    return client;
  }

  /** A client of its own, with every right. */
  KubernetesClient freshClient() {
    return plane.client();
  }

  /** The folder behind the claim, as pods see it at {@code /data}. */
  Path data() {
    return data;
  }

  /**
   * Puts the local run's images and style generator into the volume, for the image's user.
   *
   * @return the configuration, as pods see it
   */
  String bring(LocalRun local) throws IOException, InterruptedException {
    if (Files.notExists(data.resolve("tiny.conf"))) {
      Tools.run("cp", "-r", local.data().toString(), data.resolve("data").toString());
      Tools.run("cp", "-r", local.rain().toString(), data.resolve("rain").toString());
      Path conf = Experiment.write(data.resolve("tiny.conf"), "/data/data", "/data/rain");
      // Executors are given GPUs that only seem to be there.
      Files.writeString(conf, "cluster.device = cpu\n", StandardOpenOption.APPEND);
      // As kubelet does for fsGroup.
      Tools.run("chgrp", "-R", "10001", data.toString());
      Tools.run("chmod", "-R", "g+rwX", data.toString());
    }
    return "/data/tiny.conf";
  }

  /** Sends manifests to the API server. */
  void apply(List<GenericKubernetesResource> resources) {
    resources.forEach(
        resource ->
            client.resource(resource).inNamespace(NAMESPACE).forceConflicts().serverSideApply());
  }

  /** spark-submit's properties that lead to this cluster from this machine. */
  List<String> submission() {
    return List.of(
        "--master",
        "k8s://" + plane.url(),
        "--deploy-mode",
        "cluster",
        "--conf",
        "spark.kubernetes.authenticate.submission.caCertFile=" + plane.certificate(),
        "--conf",
        "spark.kubernetes.authenticate.submission.oauthToken=" + plane.token(),
        "--conf",
        "spark.kubernetes.namespace=" + NAMESPACE);
  }

  /** {@code bin/asm} on this cluster: options of Spark, the command. */
  Command asm(List<String> words) {
    List<String> all = new ArrayList<>(submission());
    all.addAll(words);
    return Distribution.asm(all.toArray(String[]::new))
        .with("ASM_APP_JAR", "local:///opt/asm/lib/asm.jar")
        .with("ASM_NATIVE_CACHE", "/tmp/asm-natives");
  }

  /** Waits for a pod's end and gives its container's exit status. */
  int exitStatus(String pod) throws InterruptedException {
    Daemon.await(
        "the end of pod " + pod,
        () -> Set.of("Succeeded", "Failed").contains(found(pod).getStatus().getPhase()),
        Duration.ofMinutes(3),
        plane.daemons());
    ContainerStateTerminated end =
        found(pod).getStatus().getContainerStatuses().get(0).getState().getTerminated();
    if (end == null) {
      throw new AssertionError(pod + " never ran: " + node.troubles());
    }
    return end.getExitCode();
  }

  private Pod found(String pod) {
    return client.pods().inNamespace(NAMESPACE).withName(pod).get();
  }

  /** The only run folder whose name matches a pattern: the day is part of some. */
  Path run(String pattern) throws IOException {
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(data.resolve("runs"), pattern)) {
      return runs.iterator().next();
    }
  }

  /** GPUs of the node that pods got. */
  Set<String> devices() {
    return node.devices();
  }

  /** What the server was asked for by a service account: {@code create pods}. */
  Set<String> rightsUsedBy(String account) throws IOException {
    Set<String> rights = new TreeSet<>();
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(plane.audit())) {
      JsonNode event = json.readTree(line);
      if (event
          .at("/user/username")
          .asText()
          .equals("system:serviceaccount:" + NAMESPACE + ":" + account)) {
        rights.add(event.path("verb").asText() + " " + event.at("/objectRef/resource").asText());
      }
    }
    return rights;
  }

  /** Names of executors' pods that are there. */
  List<String> executors() {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("spark-role", "executor")
        .list()
        .getItems()
        .stream()
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  /** Waits; an error where it is not so in time. */
  void await(String what, Callable<Boolean> ready, Duration limit) throws InterruptedException {
    Daemon.await(what, ready, limit, plane.daemons());
  }

  /** What a pod's container wrote. */
  String log(String pod) throws IOException {
    return Files.readString(node.log(pod));
  }

  @Override
  public List<Daemon> daemons() {
    List<Daemon> all = new ArrayList<>(plane.daemons());
    all.addAll(node.processes());
    return all;
  }

  @Override
  public void close() {
    client.close();
    node.close();
    plane.close();
  }
}
