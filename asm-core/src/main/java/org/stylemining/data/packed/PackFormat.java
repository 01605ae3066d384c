package org.stylemining.data.packed;

import java.util.Locale;
import java.util.Optional;

/** The kinds of files that a packed set lies in. */
public enum PackFormat {
  /** Hadoop's SequenceFile: a file's path as Text, its bytes as BytesWritable. */
  SEQUENCE("seq"),
  /** Parquet with the columns {@code path}, {@code image} and, for labelled sets, {@code label}. */
  PARQUET("parquet");

  private final String ending;

  PackFormat(String ending) {
    this.ending = ending;
  }

  /** What the URIs of its files and of what is in them begin with, without the colon. */
  public String scheme() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the names of its files end with, without the dot. */
  public String ending() {
    return ending;
  }

  /** The format whose scheme a URI has. */
  static Optional<PackFormat> ofUri(String uri) {
    for (PackFormat format : values()) {
      if (uri.startsWith(format.scheme() + ":")) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
