package org.stylemining.data.packed;

import java.io.Serializable;

/**
 * A file of a set that is to be packed.
 *
 * @param path relative to the set's root
 * @param uri where its bytes are read
 * @param length in bytes; of a Parquet file's rows their mean
 * @param modified when it, or the shard it lies in, was modified: milliseconds since 1970
 */
public record SetFile(String path, String uri, long length, long modified)
    implements Serializable {}
