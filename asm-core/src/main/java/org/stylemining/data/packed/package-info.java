/**
 * Data sets whose images lie many to a file: Hadoop SequenceFiles and Parquet files. Files keep
 * their bytes and their paths relative to the set's root; a sample's URI names shard, position and
 * path, so that any worker reads it alone. Nothing here knows of layouts, labels or Spark.
 */
package org.stylemining.data.packed;
