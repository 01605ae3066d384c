package org.stylemining.origin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.stylemining.provenance.Provenance;

/**
 * What is known of the origin of a thing.
 *
 * @param kind of thing
 * @param path where it lies
 * @param provenance what made it; empty where that was not written down
 * @param configuration it was made with, resolved, as text; empty where there is none
 * @param facts what else is told, by name, in order
 */
public record Origin(
    Kind kind,
    Path path,
    Optional<Provenance> provenance,
    Optional<String> configuration,
    Map<String, String> facts) {
  public Origin {
    facts = new LinkedHashMap<>(facts);
  }

  /** {@code checkpoint hdfs:/runs/a/checkpoints/round-000050}. */
  public String name() {
    return kind.words() + " " + path;
  }
}
