package org.stylemining.data.packed;

/**
 * A shard and where it lies.
 *
 * @param uri of its file
 * @param modified when the file was: milliseconds since 1970
 */
record LocatedShard(String uri, long modified, PackedShard contents) {}
