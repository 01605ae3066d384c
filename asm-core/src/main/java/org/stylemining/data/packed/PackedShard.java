package org.stylemining.data.packed;

import java.io.Serializable;
import java.util.List;

/**
 * A shard and what is in it.
 *
 * @param name of the file, relative to the set's root
 * @param bytes of the file
 * @param rows its samples, in the set's order
 * @param leftOut samples that should be in it and are not
 */
public record PackedShard(String name, long bytes, List<PackedRow> rows, List<LeftOut> leftOut)
    implements Serializable {
  public PackedShard {
    rows = rows == null ? List.of() : List.copyOf(rows);
    leftOut = leftOut == null ? List.of() : List.copyOf(leftOut);
  }
}
