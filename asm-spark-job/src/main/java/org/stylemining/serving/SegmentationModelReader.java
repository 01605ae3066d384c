package org.stylemining.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.MLReader;
import org.stylemining.config.UserMistake;

/** Reads what {@link SegmentationModelWriter} wrote. */
final class SegmentationModelReader extends MLReader<SegmentationModel> {
  /** Spark's reader of any stage that has nothing but parameters. */
  private static final class Parameters implements DefaultParamsReadable<Object> {}

  @Override
  public SegmentationModel load(String path) {
    Object stage = new Parameters().read().session(sparkSession()).load(path);
    if (!(stage instanceof SegmentationModel model)) {
      throw new UserMistake(
          "%s: expected a saved %s, found a %s"
              .formatted(path, SegmentationModel.class.getName(), stage.getClass().getName()));
    }
    try {
      return model.with(
          TrainedNetwork.read(
              new Path(path, SegmentationModelWriter.NETWORK).toString(),
              sparkSession().sparkContext().hadoopConfiguration()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
