package org.stylemining.serving;

import java.io.Serializable;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What every task needs, broadcast once.
 *
 * @param model the network
 * @param options how images are labelled
 * @param base folder that the images' paths are relative to
 * @param output folder for the files
 * @param since files that are older are of another origin
 * @param hadoop how file systems are reached
 */
record FolderKit(
    ServedModel model,
    LabelOptions options,
    String base,
    String output,
    long since,
    SerializableConfiguration hadoop)
    implements Serializable {}
