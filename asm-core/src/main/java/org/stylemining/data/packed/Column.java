package org.stylemining.data.packed;

import java.util.Locale;

/** The two files of a sample. */
enum Column {
  IMAGE,
  LABEL;

  /** Its column in a Parquet file. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
