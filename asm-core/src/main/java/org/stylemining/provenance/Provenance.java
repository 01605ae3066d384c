package org.stylemining.provenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What made a run; written as {@code provenance.json} into its folder, and into what comes of it:
 * checkpoints, scores, comparisons, labels, packed sets.
 *
 * @param experiment name of the configuration, such as {@code gta5-to-cityscapes}
 * @param command the run as it was asked for: command, configuration and the keys it overrode
 * @param version of the program
 * @param commit of the program's source
 * @param seed of everything random
 * @param cluster where it was computed; null for one JVM without Spark
 * @param java version and vendor of the Java runtime
 * @param backend of the tensors, as ND4J names it
 * @param data the sets it read
 * @param weights that it began with or worked with
 * @param started when the run, or its first part, started: ISO 8601, UTC, to the second
 * @param ended when it was complete; null before
 * @param resumed when it was taken up again, oldest first
 * @param configuration the resolved configuration, as text; null where it is written beside it, or
 *     there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Provenance(
    String experiment,
    String command,
    String version,
    String commit,
    long seed,
    Cluster cluster,
    String java,
    String backend,
    List<DataFingerprint> data,
    List<WeightsFingerprint> weights,
    String started,
    String ended,
    List<String> resumed,
    String configuration) {
  /** Where it stands in the JSON of results. */
  public static final String KEY = "provenance";

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  public Provenance {
    data = data == null ? List.of() : List.copyOf(data);
    weights = weights == null ? List.of() : List.copyOf(weights);
    resumed = resumed == null ? List.of() : List.copyOf(resumed);
  }

  /** The provenance of a run that this program starts now. */
  public static Provenance start(
      String experiment,
      String command,
      long seed,
      Cluster cluster,
      String backend,
      List<DataFingerprint> data,
      Instant now) {
    Build build = Build.current();
    return new Provenance(
        experiment,
        command,
        build.version(),
        build.commit(),
        seed,
        cluster,
        System.getProperty("java.version") + ", " + System.getProperty("java.vendor"),
        backend,
        data,
        List.of(),
        text(now),
        null,
        List.of(),
        null);
  }

  /** This run, which begins or works with these weights. */
  public Provenance with(List<WeightsFingerprint> weights) {
    return copy(weights, started, ended, resumed, configuration);
  }

  /**
   * This run with its configuration in it.
   *
   * @param text resolved, with origins
   */
  public Provenance configured(String text) {
    return copy(weights, started, ended, resumed, text);
  }

  /** This run, complete. */
  public Provenance endedAt(Instant now) {
    return copy(weights, started, text(now), resumed, configuration);
  }

  /** This run's next part: as it is found now, started when its first part was. */
  public Provenance resuming(Provenance earlier) {
    List<String> resumes = new ArrayList<>(earlier.resumed);
    resumes.add(started);
    return copy(weights, earlier.started, null, resumes, configuration);
  }

  private Provenance copy(
      List<WeightsFingerprint> weights,
      String started,
      String ended,
      List<String> resumed,
      String configuration) {
    return new Provenance(
        experiment,
        command,
        version,
        commit,
        seed,
        cluster,
        java,
        backend,
        data,
        weights,
        started,
        ended,
        resumed,
        configuration);
  }

  /** Indented JSON. */
  public String toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a provenance is always JSON", e);
    }
  }

  /**
   * A JSON object with this in it, under {@value #KEY}.
   *
   * @param json an object, such as scores
   */
  public String into(String json) {
    try {
      ObjectNode root = (ObjectNode) JSON.readTree(json);
      root.set(KEY, JSON.valueToTree(this));
      return root.toPrettyString() + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected a JSON object", e);
    }
  }

  /**
   * What {@link #into} put into a JSON object.
   *
   * @return empty where there is none
   * @throws IllegalArgumentException where the text is no JSON, or what is there no provenance
   */
  public static Optional<Provenance> in(String json) {
    try {
      JsonNode node = JSON.readTree(json).path(KEY);
      return node.isObject()
          ? Optional.of(JSON.treeToValue(node, Provenance.class))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "expected JSON with a provenance in it, found: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote; further keys are left aside.
   *
   * @throws IllegalArgumentException where the text is no such JSON
   */
  public static Provenance fromJson(String json) {
    try {
      return JSON.readValue(json, Provenance.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "expected a provenance as JSON, found: " + e.getOriginalMessage(), e);
    }
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
