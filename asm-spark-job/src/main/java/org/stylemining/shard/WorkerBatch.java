package org.stylemining.shard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.stylemining.dataset.Sample;

/**
 * Names a source batch of one worker. Only this is sent to the worker, which reads the files
 * itself.
 *
 * @param firstUpdate updates of the worker before this batch
 * @param positions the place of each sample in the training order
 * @param samples as many
 */
public record WorkerBatch(long firstUpdate, long[] positions, List<Sample> samples) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public WorkerBatch {
    if (positions.length != samples.size()) {
      throw new IllegalArgumentException(
          samples.size() + " samples with " + positions.length + " positions");
    }
    samples = List.copyOf(samples);
  }

  /**
   * This as a relative URI: JSON in URL-safe base64. dl4j-spark takes the descriptor for a path and
   * asks for the file system of its scheme, so it may have none.
   */
  public String toPath() {
    ObjectNode root = JSON.createObjectNode().put("firstUpdate", firstUpdate);
    ArrayNode rows = root.putArray("samples");
    for (int i = 0; i < positions.length; i++) {
      Sample sample = samples.get(i);
      rows.addObject()
          .put("position", positions[i])
          .put("source", sample.source())
          .put("image", sample.image())
          .put("label", sample.label().orElse(null))
          .put("sourceIndex", sample.sourceIndex());
    }
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(root));
    } catch (IOException e) {
      throw new IllegalStateException("could not write " + this, e);
    }
  }

  /** The batch that {@link #toPath} named. */
  public static WorkerBatch ofPath(String path) throws IOException {
    JsonNode root = JSON.readTree(Base64.getUrlDecoder().decode(path));
    JsonNode rows = root.path("samples");
    long[] positions = new long[rows.size()];
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      JsonNode row = rows.get(i);
      positions[i] = row.path("position").longValue();
      samples.add(
          new Sample(
              row.path("source").textValue(),
              row.path("image").textValue(),
              Optional.ofNullable(row.path("label").textValue()),
              row.path("sourceIndex").intValue()));
    }
    return new WorkerBatch(root.path("firstUpdate").longValue(), positions, samples);
  }
}
