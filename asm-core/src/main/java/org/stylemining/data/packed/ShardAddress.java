package org.stylemining.data.packed;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stylemining.dataset.Sample;

/**
 * Where a file lies in a shard. Its URI says all that a reader needs:
 *
 * <pre>
 * sequence:hdfs://nn/packed/part-00003.seq#123456-9ae0daaf/images/00017.png
 * parquet:hdfs://nn/packed/part-00003.parquet#17.image-9ae0daaf/images/00017.png
 * </pre>
 *
 * <p>In the shard's own URI {@code %} and {@code #} are written {@code %25} and {@code %23}, so the
 * first {@code #} is the end of it. Behind the last slash stands the file's name, as {@link
 * Sample#name} expects.
 *
 * @param format of the shard
 * @param shard URI of the shard
 * @param position SequenceFile: byte at which the record begins; Parquet: row, from 0
 * @param column which file of the row; a SequenceFile's record has but one, {@code IMAGE}
 * @param checksum CRC-32C of the file's bytes, where it is known
 * @param path of the file, relative to the set's root
 */
record ShardAddress(
    PackFormat format,
    String shard,
    long position,
    Column column,
    Optional<Integer> checksum,
    String path) {
  private static final Pattern FORM =
      Pattern.compile(
          "(sequence|parquet):([^#]+)#([0-9]{1,18})(?:\\.(image|label))?(?:-([0-9a-f]{8}))?/(.+)");

  ShardAddress {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(shard, "shard");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(checksum, "checksum");
    Objects.requireNonNull(path, "path");
    if (position < 0) {
      throw new IllegalArgumentException("position " + position + ": expected 0 or more");
    }
  }

  /** What a URI names; empty where it is not the URI of a file in a shard. */
  static Optional<ShardAddress> of(String uri) {
    Matcher parts = FORM.matcher(uri);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new ShardAddress(
            PackFormat.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
            parts.group(2).replace("%23", "#").replace("%25", "%"),
            Long.parseLong(parts.group(3)),
            "label".equals(parts.group(4)) ? Column.LABEL : Column.IMAGE,
            Optional.ofNullable(parts.group(5)).map(hex -> Integer.parseUnsignedInt(hex, 16)),
            parts.group(6)));
  }

  /** The URI. */
  @Override
  public String toString() {
    return "%s:%s#%d%s%s/%s"
        .formatted(
            format.scheme(),
            shard.replace("%", "%25").replace("#", "%23"),
            position,
            format == PackFormat.PARQUET ? "." + column.key() : "",
            checksum.map(crc -> "-" + Checksum.text(crc)).orElse(""),
            path);
  }
}
