package org.stylemining.packing;

import java.io.Serializable;
import org.stylemining.data.packed.PackedShard;

/**
 * A shard that a task wrote and that is not in its place yet.
 *
 * @param unfinished URI of its file
 * @param shard what is in it
 */
record WrittenShard(String unfinished, PackedShard shard) implements Serializable {}
