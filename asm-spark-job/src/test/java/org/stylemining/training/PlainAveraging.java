package org.stylemining.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.StateRule;
import org.stylemining.config.SyncConfig;
import org.stylemining.data.SourceBatch;
import org.stylemining.shard.SourceShards;
import org.stylemining.shard.WorkerBatch;

/** A run of toy workers on one machine, in plain arithmetic as the papers have it. */
final class PlainAveraging {
  private final SourceShards shards;
  private final SyncConfig sync;
  private double[] theta;
  private double[] state;
  private final double[] momentum;

  PlainAveraging(SourceShards shards, SyncConfig sync, float[] start) {
    this.shards = shards;
    this.sync = sync;
    theta = doubles(start);
    state = new double[start.length];
    momentum = new double[start.length];
  }

  /** The parameters after each round. */
  List<double[]> run() throws IOException {
    List<double[]> after = new ArrayList<>();
    for (int round = 1; round <= shards.rounds(); round++) {
      round(round);
      after.add(theta.clone());
    }
    return after;
  }

  private void round(int round) throws IOException {
    int n = theta.length;
    double[] sum = new double[n];
    double[] states = new double[n];
    double weights = 0;
    for (List<WorkerBatch> batches : shards.round(round)) {
      try (ToyTrainer worker = new ToyTrainer(n, 1, ToyRun.DEPTH)) {
        worker.load(
            array(theta), array(sync.optimizerState() == StateRule.RESET ? new double[n] : state));
        long updates = 0;
        long images = 0;
        for (WorkerBatch batch : batches) {
          SourceBatch read = new ToyImages().read(batch.samples(), batch.positions());
          if (!read.isEmpty()) {
            updates += worker.train(read, batch.firstUpdate()).size();
            images += read.size();
          }
        }
        INDArray own = Nd4j.create(n);
        INDArray ownState = Nd4j.create(n);
        worker.store(own, ownState);
        double weight =
            switch (sync.weight()) {
              case UPDATES -> updates;
              case SAMPLES -> images;
              case EQUAL -> updates > 0 ? 1 : 0;
            };
        for (int i = 0; i < n; i++) {
          sum[i] += weight * own.getFloat(i);
          states[i] += weight * ownState.getFloat(i);
        }
        weights += weight;
      }
    }
    double lr = sync.outer().learningRate();
    double mu = sync.outer().momentum();
    double gamma = ToyRun.rate(round);
    for (int i = 0; i < n; i++) {
      double mean = sum[i] / weights;
      state[i] = states[i] / weights;
      double delta = theta[i] - mean;
      switch (sync.outer().optimizer()) {
        case NONE -> theta[i] = mean;
        case SLOW_MOMENTUM -> {
          momentum[i] = mu * momentum[i] + delta / gamma;
          theta[i] -= lr * gamma * momentum[i];
        }
        case NESTEROV -> {
          momentum[i] = mu * momentum[i] + delta;
          theta[i] -= lr * (delta + mu * momentum[i]);
        }
      }
    }
  }

  private static INDArray array(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Nd4j.createFromArray(floats);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
