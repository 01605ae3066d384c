package org.stylemining.packing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.stylemining.data.packed.LeftOut;
import org.stylemining.data.packed.PackManifest;
import org.stylemining.data.packed.PackedShard;

/**
 * What packing a set came to.
 *
 * @param manifest of all shards
 * @param before shards that were there already
 * @param seconds that packing took, Spark's start not counted
 * @param complete whether no more than {@code data.max-bad-fraction} of the samples are left out
 */
public record PackSummary(PackManifest manifest, int before, double seconds, boolean complete) {
  /** Samples that were left out, in the set's order. */
  public List<LeftOut> leftOut() {
    return manifest.shards().stream().flatMap(shard -> shard.leftOut().stream()).toList();
  }

  /** A line {@code {"image":…,"reason":…}} for each of them. */
  String failureLines() {
    StringBuilder lines = new StringBuilder();
    for (LeftOut sample : leftOut()) {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      line.put("image", sample.image());
      line.put("reason", sample.reason());
      lines.append(line).append('\n');
    }
    return lines.toString();
  }

  /** For the terminal. */
  public String toText() {
    long bytes = manifest.shards().stream().mapToLong(PackedShard::bytes).sum();
    return String.format(
        Locale.ROOT,
        "%d images and %d label files in %d shards of %.1f MB together (%d of them were there already), %d samples left out%n%.1f s%n",
        manifest.images(),
        manifest.labels(),
        manifest.shards().size(),
        bytes / 1e6,
        before,
        leftOut().size(),
        seconds);
  }
}
