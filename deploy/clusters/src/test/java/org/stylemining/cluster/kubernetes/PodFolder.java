package org.stylemining.cluster.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.stylemining.cluster.Environment;

/**
 * The files of one pod of one container, from which {@code pod.sh} makes it. A pod that asks for
 * what this does not know is refused, so that no test passes by being half run.
 */
final class PodFolder {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)");
  private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

  private final Path folder;
  private final Pod pod;
  private final Container container;
  private final Image image;
  private final String address;
  private final List<String> mounts = new ArrayList<>();

  /**
   * Of a pod on its node.
   *
   * @param folder empty
   * @param address the pod's own
   */
  PodFolder(Path folder, Pod pod, Image image, String address) {
    this.folder = folder;
    this.pod = pod;
    this.image = image;
    this.address = address;
    List<Container> containers = pod.getSpec().getContainers();
    if (containers.size() != 1 || !pod.getSpec().getInitContainers().isEmpty()) {
      throw new UnsupportedOperationException("expected one container and no others");
    }
    this.container = containers.get(0);
  }

  /**
   * Writes them.
   *
   * @param claims folders of persistent volume claims
   * @param hosts names and addresses of the cluster
   * @param devices what the device plugin puts into the environment
   * @param nvidiaSmi laid over the machine's; null where the pod has no GPU
   */
  void write(
      KubernetesClient client,
      Map<String, Path> claims,
      Map<String, String> hosts,
      Map<String, String> devices,
      Path nvidiaSmi,
      ControlPlane plane)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("image"));
    mount("ro", image.folder(), "/opt/asm");
    mount("ro", Path.of(System.getProperty("java.home")), "/opt/java/openjdk");
    Path home = writable(Files.createDirectories(folder.resolve("home")));
    if (isWritable()) {
      mount("rw", home, image.workFolder());
    } else {
      mount("ro", home, image.workFolder());
    }
    if (nvidiaSmi != null) {
      mount("ro", nvidiaSmi, "/usr/bin/nvidia-smi");
    }
    if (!Boolean.FALSE.equals(pod.getSpec().getAutomountServiceAccountToken())) {
      mount("ro", account(client, plane), ACCOUNT);
    }
    volumes(client, claims);
    accounts();
    StringBuilder lines = new StringBuilder("127.0.0.1\tlocalhost\n");
    lines.append(address).append('\t').append(name()).append('\n');
    hosts.forEach((name, to) -> lines.append(to).append('\t').append(name).append('\n'));
    Files.createDirectories(folder.resolve("image/etc"));
    Files.writeString(folder.resolve("image/etc/hosts"), lines);
    Files.write(folder.resolve("mounts"), mounts);
    Map<String, String> environment = environment(devices);
    zeroEnded(
        "environment",
        environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
    List<String> words = new ArrayList<>();
    words.add(
        Optional.ofNullable(container.getWorkingDir())
            .orElse(isMountPoint(image.workFolder()) ? image.workFolder() : "/"));
    words.addAll(container.getCommand().isEmpty() ? image.entrypoint() : container.getCommand());
    container.getArgs().forEach(word -> words.add(expanded(word, environment)));
    zeroEnded("command", words);
  }

  /** The words after {@code start-pod.sh}. */
  List<String> arguments(ControlPlane plane) {
    PodSecurityContext security =
        Optional.ofNullable(pod.getSpec().getSecurityContext()).orElse(new PodSecurityContext());
    Optional<SecurityContext> own = Optional.ofNullable(container.getSecurityContext());
    long user =
        first(own.map(SecurityContext::getRunAsUser), security.getRunAsUser(), image.user());
    long group =
        first(own.map(SecurityContext::getRunAsGroup), security.getRunAsGroup(), image.group());
    if (Boolean.TRUE.equals(security.getRunAsNonRoot()) && user == 0) {
      throw new IllegalArgumentException("runAsNonRoot, and the user is 0");
    }
    long shared = Optional.ofNullable(security.getFsGroup()).orElse(group);
    return Stream.of(folder, plane.process(), name(), address, isWritable(), user, group, shared)
        .map(Objects::toString)
        .toList();
  }

  private static long first(Optional<Long> own, Long ofPod, long ofImage) {
    return own.orElse(ofPod == null ? ofImage : ofPod);
  }

  private String name() {
    return pod.getMetadata().getName();
  }

  private boolean isWritable() {
    return container.getSecurityContext() == null
        || !Boolean.TRUE.equals(container.getSecurityContext().getReadOnlyRootFilesystem());
  }

  private boolean isMountPoint(String path) {
    return mounts.stream().anyMatch(line -> line.endsWith("\t" + path));
  }

  private void mount(String kind, Path source, String target) throws IOException {
    Path point = folder.resolve("image" + target);
    if (Files.isDirectory(source)) {
      Files.createDirectories(point);
    } else {
      Files.createDirectories(point.getParent());
      Files.write(point, new byte[0]);
    }
    mounts.add(String.join("\t", kind, source.toRealPath().toString(), target));
  }

  private void volumes(KubernetesClient client, Map<String, Path> claims)
      throws IOException, InterruptedException {
    Map<String, Path> folders = new LinkedHashMap<>();
    for (Volume volume : pod.getSpec().getVolumes()) {
      folders.put(volume.getName(), volume(client, claims, volume));
    }
    for (VolumeMount mount : container.getVolumeMounts()) {
      Path source = folders.get(mount.getName());
      if (mount.getSubPath() != null && !mount.getSubPath().isEmpty()) {
        source = writable(Files.createDirectories(source.resolve(mount.getSubPath())));
      }
      mount(Boolean.TRUE.equals(mount.getReadOnly()) ? "ro" : "rw", source, mount.getMountPath());
    }
  }

  private Path volume(KubernetesClient client, Map<String, Path> claims, Volume volume)
      throws IOException, InterruptedException {
    Path own = folder.resolve("volumes").resolve(volume.getName());
    if (volume.getEmptyDir() != null) {
      return writable(Files.createDirectories(own));
    }
    if (volume.getPersistentVolumeClaim() != null) {
      String claim = volume.getPersistentVolumeClaim().getClaimName();
      return Optional.ofNullable(claims.get(claim))
          .orElseThrow(() -> new IllegalArgumentException("no claim " + claim));
    }
    if (volume.getConfigMap() != null) {
      Files.createDirectories(own);
      ConfigMap map = configMap(client, volume.getConfigMap().getName());
      List<KeyToPath> items = volume.getConfigMap().getItems();
      for (Map.Entry<String, String> entry : map.getData().entrySet()) {
        if (items.isEmpty()) {
          Files.writeString(own.resolve(entry.getKey()), entry.getValue());
        }
        for (KeyToPath item : items) {
          if (item.getKey().equals(entry.getKey())) {
            Files.writeString(own.resolve(item.getPath()), entry.getValue());
          }
        }
      }
      return own;
    }
    throw new UnsupportedOperationException("volume " + volume);
  }

  /** A pod may be there before what it mounts, as Spark makes them. */
  private ConfigMap configMap(KubernetesClient client, String name) throws InterruptedException {
    BiFunction<String, String, ConfigMap> find =
        (namespace, map) -> client.configMaps().inNamespace(namespace).withName(map).get();
    for (int i = 0; i < 100; i++) {
      ConfigMap map = find.apply(pod.getMetadata().getNamespace(), name);
      if (map != null) {
        return map;
      }
      Thread.sleep(100);
    }
    throw new IllegalArgumentException("no config map " + name);
  }

  /** Token, authority and namespace of the pod's service account, as the API server signs them. */
  private Path account(KubernetesClient client, ControlPlane plane) throws IOException {
    String namespace = pod.getMetadata().getNamespace();
    String account = Optional.ofNullable(pod.getSpec().getServiceAccountName()).orElse("default");
    Path secrets = Files.createDirectories(folder.resolve("account"));
    Files.writeString(secrets.resolve("namespace"), namespace);
    Files.copy(plane.certificate(), secrets.resolve("ca.crt"));
    if (client.serviceAccounts().inNamespace(namespace).withName(account).get() != null) {
      Files.writeString(secrets.resolve("token"), token(client, namespace, account));
    }
    return secrets;
  }

  private static String token(KubernetesClient client, String namespace, String account)
      throws IOException {
    String answer =
        client.raw(
            "/api/v1/namespaces/%s/serviceaccounts/%s/token".formatted(namespace, account),
            "POST",
            Map.of("apiVersion", "authentication.k8s.io/v1", "kind", "TokenRequest"));
    return new ObjectMapper().readTree(answer).at("/status/token").asText();
  }

  /** The image's user has a name. */
  private void accounts() throws IOException {
    Files.createDirectories(folder.resolve("image/etc"));
    Files.writeString(
        folder.resolve("image/etc/passwd"),
        "root:x:0:0::/root:/bin/sh\nasm:x:%d:%d::%s:/usr/sbin/nologin\n"
            .formatted(image.user(), image.group(), image.workFolder()));
  }

  private Map<String, String> environment(Map<String, String> devices) {
    Map<String, String> variables = new LinkedHashMap<>(image.environment());
    variables.putAll(Environment.SHORT_RUNS);
    variables.put("HOSTNAME", name());
    variables.put("KUBERNETES_SERVICE_HOST", ControlPlane.ADDRESS);
    variables.put("KUBERNETES_SERVICE_PORT", "443");
    variables.putAll(devices);
    if (!container.getEnvFrom().isEmpty()) {
      throw new UnsupportedOperationException("envFrom");
    }
    for (EnvVar variable : container.getEnv()) {
      variables.put(variable.getName(), value(variable, variables));
    }
    return variables;
  }

  private String value(EnvVar variable, Map<String, String> earlier) {
    if (variable.getValueFrom() == null) {
      return expanded(Optional.ofNullable(variable.getValue()).orElse(""), earlier);
    }
    if (variable.getValueFrom().getFieldRef() == null) {
      throw new UnsupportedOperationException("variable " + variable);
    }
    String path = variable.getValueFrom().getFieldRef().getFieldPath();
    return switch (path) {
      case "status.podIP" -> address;
      case "metadata.name" -> name();
      case "metadata.namespace" -> pod.getMetadata().getNamespace();
      default -> throw new UnsupportedOperationException("field " + path);
    };
  }

  /** Kubernetes' own references, {@code $(NAME)}; unknown ones stay. */
  private static String expanded(String text, Map<String, String> variables) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(variables.getOrDefault(found.group(1), found.group())));
  }

  private void zeroEnded(String file, List<String> words) throws IOException {
    StringBuilder text = new StringBuilder();
    words.forEach(word -> text.append(word).append('\0'));
    Files.writeString(folder.resolve(file), text);
  }

  private static Path writable(Path directory) throws IOException {
    return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
  }
}
