package org.stylemining.shard;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;
import org.stylemining.data.Augmentation;
import org.stylemining.data.BatchReader;
import org.stylemining.data.Datasets;
import org.stylemining.data.SampleReader;
import org.stylemining.data.SourceBatch;
import org.stylemining.dataset.Sample;

/** Labelled images of any file system, augmented. */
public final class SourceImages implements BatchSource {
  @Serial private static final long serialVersionUID = 1;

  private final Datasets datasets;
  private final Augmentation augmentation;
  private final SerializableConfiguration hadoop;
  private transient volatile BatchReader reader;

  /**
   * @param datasets those that the images belong to; sent along
   * @param hadoop how the file systems are reached; sent along
   */
  public SourceImages(Datasets datasets, Augmentation augmentation, Configuration hadoop) {
    this.datasets = datasets;
    this.augmentation = augmentation;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public SourceBatch read(List<Sample> samples, long[] positions) throws IOException {
    BatchReader ready = reader;
    if (ready == null) {
      // Two threads may make one each; either will do.
      ready = new BatchReader(new SampleReader(datasets, hadoop.value()), augmentation);
      reader = ready;
    }
    return ready.read(samples, positions);
  }
}
