package org.stylemining.training;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.adapt.BatchStatistics;
import org.stylemining.data.SourceBatch;
import org.stylemining.device.WorkerDevice;
import org.stylemining.monitoring.JobLabel;
import org.stylemining.shard.WorkerBatch;

/** What batch-norm layers see of source batches, gathered by the workers in one Spark job. */
final class StatisticsJob {
  private StatisticsJob() {}

  /**
   * The sums over all batches, added in the order of the workers.
   *
   * @param theta the network [n]
   * @param paths of each worker's batches, a partition each
   */
  static BatchStatistics run(
      JavaSparkContext spark, Broadcast<WorkerKit> kit, INDArray theta, JavaRDD<String> paths) {
    try (RoundVectors network = new RoundVectors(theta.length(), 0)) {
      network.assign(theta, null);
      Broadcast<RoundStart> start =
          spark.broadcast(
              new RoundStart(network, Slicing.of(network.length(), paths.getNumPartitions())));
      try (JobLabel label = JobLabel.part(spark.sc(), "batch-norm statistics")) {
        return paths
            .mapPartitions(own -> List.of(sums(kit.value(), start.value(), own)).iterator())
            .collect()
            .stream()
            .reduce(BatchStatistics.NONE, BatchStatistics::plus);
      } finally {
        start.destroy();
      }
    }
  }

  private static BatchStatistics sums(WorkerKit kit, RoundStart start, Iterator<String> paths)
      throws IOException {
    WorkerDevice device = WorkerDevice.ofTask(kit.devices());
    device.bind();
    Workplace workplace = TrainerPool.take(kit, device);
    boolean whole = false;
    try {
      start.copyTo(workplace.vectors());
      workplace.load();
      BatchStatistics sums = BatchStatistics.NONE;
      while (paths.hasNext()) {
        WorkerBatch batch = WorkerBatch.ofPath(paths.next());
        SourceBatch read = kit.batches().read(batch.samples(), batch.positions());
        if (!read.isEmpty()) {
          sums = sums.plus(workplace.trainer().statistics(read, batch.firstUpdate()));
        }
      }
      whole = true;
      return sums;
    } finally {
      if (whole) {
        TrainerPool.giveBack(kit, device, workplace);
      } else {
        workplace.close();
      }
    }
  }
}
