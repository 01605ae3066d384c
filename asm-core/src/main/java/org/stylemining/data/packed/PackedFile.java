package org.stylemining.data.packed;

import java.io.Serializable;
import java.util.Optional;

/**
 * A file in a shard.
 *
 * @param path relative to the set's root, with slashes
 * @param position where in the shard: {@link ShardAddress#position}
 * @param length of the file in bytes
 * @param crc CRC-32C of its bytes in eight hexadecimal digits; null where it is not known
 */
public record PackedFile(String path, long position, long length, String crc)
    implements Serializable {
  /** A file whose bytes are at hand. */
  static PackedFile of(String path, long position, byte[] bytes) {
    return new PackedFile(path, position, bytes.length, Checksum.text(Checksum.of(bytes)));
  }

  Optional<Integer> checksum() {
    return Optional.ofNullable(crc).map(hex -> Integer.parseUnsignedInt(hex, 16));
  }
}
