package org.stylemining.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.MLWriter;

/** Writes a stage: its parameters as Spark does, and its network as a checkpoint beside them. */
final class SegmentationModelWriter extends MLWriter {
  /** Folder of the network in a stage's. */
  static final String NETWORK = "network";

  private final SegmentationModel model;

  SegmentationModelWriter(SegmentationModel model) {
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    TrainedNetwork network = model.network();
    try {
      model.parameterWriter().session(sparkSession()).save(path);
      network.write(
          new Path(path, NETWORK).toString(), sparkSession().sparkContext().hadoopConfiguration());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
