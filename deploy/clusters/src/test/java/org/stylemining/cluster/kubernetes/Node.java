package org.stylemining.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.stylemining.cluster.Daemon;

/**
 * A node with GPUs, its scheduler, its kubelet and its DNS, as far as tests need them: pods that
 * the node's labels, taints and GPUs allow are bound to it, and run as processes in namespaces of
 * their own. Images are not pulled, memory and cores not counted, services not balanced.
 */
final class Node implements AutoCloseable {
  static final String NAME = "node-1";
  static final String GPU = "nvidia.com/gpu";
  static final Map<String, String> LABELS = Map.of("kubernetes.io/os", "linux", "gpu", "a100");
  private static final String TAINT = GPU;
  private static final int GPUS = 2;
  private static final long POLL_MILLIS = 200;

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final Path folder;
  private final Image image;
  private final Map<String, Path> claims;
  private final TreeSet<Integer> freeGpus = new TreeSet<>();
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final Map<String, String> addresses = new ConcurrentHashMap<>();
  private final Set<String> devices = ConcurrentHashMap.newKeySet();
  private final List<String> troubles = new ArrayList<>();
  private final Thread thread = new Thread(this::work, NAME);
  private int lastAddress = 1;
  private volatile boolean closed;

  /** A pod's process, the GPUs it holds, and where its files are. */
  private record Running(Pod pod, Daemon process, List<Integer> gpus, Path folder) {}

  Node(ControlPlane plane, Path folder, Image image, Map<String, Path> claims) {
    this.plane = plane;
    this.client = plane.client();
    this.folder = folder;
    this.image = image;
    this.claims = claims;
    for (int gpu = 0; gpu < GPUS; gpu++) {
      freeGpus.add(gpu);
    }
  }

  /** Registers at the API server and begins to work. */
  void start() {
    client
        .nodes()
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .addNewTaint("NoSchedule", TAINT, null, "present")
                .endSpec()
                .build())
        .create();
    client
        .nodes()
        .withName(NAME)
        .editStatus(
            node ->
                new NodeBuilder(node)
                    .editOrNewStatus()
                    .addToCapacity(GPU, new Quantity(String.valueOf(GPUS)))
                    .addToAllocatable(GPU, new Quantity(String.valueOf(GPUS)))
                    .endStatus()
                    .build());
    thread.setDaemon(true);
    thread.start();
  }

  /** Where the output of a pod's container goes. */
  Path log(String pod) {
    return folder.resolve(pod).resolve(pod + ".log");
  }

  /** GPUs that pods got so far: {@code GPU-0}. */
  Set<String> devices() {
    return Set.copyOf(devices);
  }

  /** Pods that could not be run here, with reasons. */
  synchronized List<String> troubles() {
    return List.copyOf(troubles);
  }

  private void work() {
    while (!closed) {
      try {
        List<Pod> pods = client.pods().inAnyNamespace().list().getItems();
        for (Pod pod : pods) {
          look(pod);
        }
        List<String> known = pods.stream().map(pod -> pod.getMetadata().getUid()).toList();
        running.forEach(
            (id, process) -> {
              if (!known.contains(id)) {
                end(id);
              }
            });
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (!closed) {
          trouble("node", e);
        }
      }
    }
  }

  private void look(Pod pod) {
    String id = pod.getMetadata().getUid();
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      end(id);
      client.resource(pod).withGracePeriod(0).delete();
    } else if (pod.getStatus().getPhase().equals("Pending") && !addresses.containsKey(id)) {
      if (fits(pod)) {
        try {
          run(pod);
        } catch (IOException | RuntimeException e) {
          trouble(pod.getMetadata().getName(), e);
          status(pod, "Failed", null);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    } else if (running.containsKey(id)) {
      Running process = running.get(id);
      if (!process.process().isAlive()) {
        running.remove(id);
        freeGpus.addAll(process.gpus());
        process.process().close();
        int exit = exitStatus(process.folder());
        status(pod, exit == 0 ? "Succeeded" : "Failed", exit);
      }
    }
  }

  private void end(String id) {
    Running process = running.remove(id);
    if (process != null) {
      process.process().close();
      freeGpus.addAll(process.gpus());
    }
  }

  private static int exitStatus(Path folder) {
    try {
      return Integer.parseInt(Files.readString(folder.resolve("status")).strip());
    } catch (IOException e) {
      return 137; // killed with the process that would have written it
    }
  }

  /** Whether the scheduler may put the pod here, now. */
  private boolean fits(Pod pod) {
    Map<String, String> wanted =
        Optional.ofNullable(pod.getSpec().getNodeSelector()).orElse(Map.of());
    return LABELS.entrySet().containsAll(wanted.entrySet())
        && pod.getSpec().getTolerations().stream().anyMatch(Node::tolerates)
        && gpus(pod) <= freeGpus.size();
  }

  private static boolean tolerates(Toleration toleration) {
    Taint taint = new Taint("NoSchedule", TAINT, null, "present");
    boolean key = toleration.getKey() == null || toleration.getKey().equals(taint.getKey());
    boolean effect =
        toleration.getEffect() == null || toleration.getEffect().equals(taint.getEffect());
    return key
        && effect
        && ("Exists".equals(toleration.getOperator())
            || taint.getValue().equals(toleration.getValue()));
  }

  private static int gpus(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .filter(container -> container.getResources() != null)
        .map(container -> container.getResources().getLimits())
        .filter(limits -> limits != null && limits.containsKey(GPU))
        .mapToInt(limits -> Integer.parseInt(limits.get(GPU).getAmount()))
        .sum();
  }

  private void run(Pod pod) throws IOException, InterruptedException {
    String id = pod.getMetadata().getUid();
    String name = pod.getMetadata().getName();
    String address =
        ControlPlane.ADDRESS.substring(0, ControlPlane.ADDRESS.lastIndexOf('.') + 1)
            + ++lastAddress;
    addresses.put(id, address);
    List<Integer> gpus = new ArrayList<>();
    for (int i = 0; i < gpus(pod); i++) {
      gpus.add(freeGpus.pollFirst());
    }
    gpus.forEach(gpu -> devices.add("GPU-" + gpu));
    client
        .bindings()
        .inNamespace(pod.getMetadata().getNamespace())
        .resource(
            new BindingBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewTarget()
                .withKind("Node")
                .withName(NAME)
                .endTarget()
                .build())
        .create();
    Path files = Files.createDirectories(folder.resolve(name));
    Map<String, String> devices =
        gpus.isEmpty()
            ? Map.of()
            : Map.of(
                "NVIDIA_VISIBLE_DEVICES",
                gpus.stream().map(gpu -> "GPU-" + gpu).collect(Collectors.joining(",")));
    PodFolder container = new PodFolder(files, pod, image, address);
    container.write(
        client, claims, hosts(), devices, gpus.isEmpty() ? null : nvidiaSmi(gpus.size()), plane);
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add(ControlPlane.script("start-pod.sh").toString());
    command.addAll(container.arguments(plane));
    Daemon process = Daemon.start(name, command, Map.of(), files);
    running.put(id, new Running(pod, process, gpus, files));
    status(pod, "Running", null);
  }

  /** A container's GPUs count from 0, whichever they are. */
  private Path nvidiaSmi(int count) throws IOException {
    Path program = folder.resolve("nvidia-smi-" + count);
    if (Files.notExists(program)) {
      StringBuilder text = new StringBuilder("#!/bin/sh\n");
      for (int i = 0; i < count; i++) {
        text.append("echo ").append(i).append('\n');
      }
      Files.writeString(program, text);
      if (!program.toFile().setExecutable(true, false)) {
        throw new IOException(program + ": cannot be made executable");
      }
    }
    return program;
  }

  /** Names of the API server, and of services whose pods have an address. */
  private Map<String, String> hosts() {
    Map<String, String> hosts = new TreeMap<>();
    hosts.put("kubernetes.default.svc", ControlPlane.ADDRESS);
    for (Service service : client.services().inAnyNamespace().list().getItems()) {
      Map<String, String> selector = service.getSpec().getSelector();
      if (selector == null || selector.isEmpty()) {
        continue;
      }
      String namespace = service.getMetadata().getNamespace();
      client.pods().inNamespace(namespace).withLabels(selector).list().getItems().stream()
          .map(pod -> addresses.get(pod.getMetadata().getUid()))
          .filter(address -> address != null)
          .findFirst()
          .ifPresent(
              address ->
                  hosts.put(service.getMetadata().getName() + "." + namespace + ".svc", address));
    }
    return hosts;
  }

  /**
   * Tells the API server how a pod is.
   *
   * @param exit status of its container; null where it runs or never did
   */
  private void status(Pod pod, String phase, Integer exit) {
    ContainerStateBuilder state = new ContainerStateBuilder();
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    if (exit != null) {
      state
          .withNewTerminated()
          .withExitCode(exit)
          .withReason(exit == 0 ? "Completed" : "Error")
          .withFinishedAt(now)
          .endTerminated();
    } else if (phase.equals("Running")) {
      state.withNewRunning(now);
    }
    Pod found =
        client
            .pods()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getMetadata().getName())
            .get();
    if (found == null) {
      return; // deleted meanwhile
    }
    Pod told =
        new PodBuilder(found)
            .editOrNewStatus()
            .withPhase(phase)
            .withPodIP(addresses.get(pod.getMetadata().getUid()))
            .withConditions(
                new PodConditionBuilder()
                    .withType("Ready")
                    .withStatus(phase.equals("Running") ? "True" : "False")
                    .build())
            .withContainerStatuses(
                new ContainerStatusBuilder()
                    .withName(pod.getSpec().getContainers().get(0).getName())
                    .withImage(pod.getSpec().getContainers().get(0).getImage())
                    .withImageID("")
                    .withReady(phase.equals("Running"))
                    .withRestartCount(0)
                    .withState(state.build())
                    .build())
            .endStatus()
            .build();
    try {
      client.resource(told).updateStatus();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404) { // deleted meanwhile
        throw e;
      }
    }
  }

  private synchronized void trouble(String what, Exception e) {
    troubles.add(what + ": " + e);
    System.err.println(NAME + ": " + what + ": " + e);
  }

  List<Daemon> processes() {
    return running.values().stream().map(Running::process).toList();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.values().forEach(process -> process.process().close());
    client.close();
  }
}
