package org.stylemining.cluster.kubernetes;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.stylemining.cluster.Distribution;

/**
 * What the chart makes of values.
 *
 * @param resources its manifests, as they would be sent to the API server
 */
record Chart(List<GenericKubernetesResource> resources) {
  static Path folder() {
    return Distribution.folder().resolve("kubernetes/chart");
  }

  /**
   * Renders the chart as {@code helm install RELEASE -n NAMESPACE --values FILE} does.
   *
   * @param values YAML, over the chart's own
   * @throws IllegalStateException where Helm refuses, with its message
   */
  static Chart render(String release, String namespace, String values) throws IOException {
    Path file = Files.createTempFile("values", ".yaml");
    try {
      Files.writeString(file, values);
      String text =
          new Helm(folder())
              .template()
              .withName(release)
              .withNamespace(namespace)
              .withValuesFile(file)
              .call();
      return new Chart(
          Stream.of(text.split("(?m)^---.*$"))
              .filter(part -> part.lines().anyMatch(line -> line.matches("[^#\\s].*")))
              .map(part -> Serialization.unmarshal(part, GenericKubernetesResource.class))
              .toList());
    } finally {
      Files.delete(file);
    }
  }

  /** What {@code helm lint --strict} finds. */
  static LintResult lint() {
    return new Helm(folder()).lint().strict().call();
  }

  List<GenericKubernetesResource> all(String kind) {
    return resources.stream().filter(resource -> resource.getKind().equals(kind)).toList();
  }

  /** The resource of a kind and name. */
  GenericKubernetesResource one(String kind, String name) {
    return all(kind).stream()
        .filter(resource -> resource.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + this.resources));
  }
}
