package org.stylemining.data.packed;

import java.io.Serializable;
import java.util.List;

/**
 * Which samples a shard is to hold.
 *
 * @param name of its file
 * @param samples in the set's order
 */
public record PlannedShard(String name, List<SetSample> samples) implements Serializable {
  public PlannedShard {
    samples = samples == null ? List.of() : List.copyOf(samples);
  }
}
