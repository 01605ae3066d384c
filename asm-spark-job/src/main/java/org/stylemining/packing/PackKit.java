package org.stylemining.packing;

import java.io.Serializable;
import org.apache.spark.util.SerializableConfiguration;
import org.stylemining.data.Datasets;
import org.stylemining.data.packed.PackFormat;

/**
 * What every task needs, broadcast once.
 *
 * @param datasets the kinds of sets there are
 * @param type of the set
 * @param labels whether labels are packed too
 * @param format of the shards
 * @param output folder for the shards
 * @param hadoop how file systems are reached
 */
record PackKit(
    Datasets datasets,
    String type,
    boolean labels,
    PackFormat format,
    String output,
    SerializableConfiguration hadoop)
    implements Serializable {}
