package org.stylemining.doctor;

import java.util.Locale;

/** Amounts of memory in words. */
final class Bytes {
  private static final double GIBIBYTE = 1L << 30;

  private Bytes() {}

  /** Such as {@code 1.5 GiB}. */
  static String text(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBIBYTE);
  }

  /** The same for a limit, of which 0 is none. */
  static String limit(long bytes) {
    return bytes == 0 ? "no limit" : text(bytes);
  }
}
