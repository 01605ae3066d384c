package org.stylemining.pretrain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.adapt.TrainerFactory;
import org.stylemining.data.BatchReader;
import org.stylemining.data.SourceBatch;
import org.stylemining.data.SourceOrder;
import org.stylemining.nn.HostValues;

/** One worker in this JVM. */
public final class InProcess implements PretrainWorkers {
  private final SourceOrder order;
  private final BatchReader reader;

  public InProcess(SourceOrder order, BatchReader reader) {
    this.order = order;
    this.reader = reader;
  }

  @Override
  public float[] train(Phase phase, TrainerFactory trainers, float[] theta) throws IOException {
    try (LocalTrainer trainer = trainers.create()) {
      INDArray vector = Nd4j.createFromArray(theta);
      INDArray state =
          trainer.stateCount() == 0
              ? null
              : Nd4j.createUninitializedDetached(DataType.FLOAT, trainer.stateCount()).assign(0);
      trainer.load(vector, state);
      for (int i = 0; i < phase.updates(); i++) {
        trainer.train(read((long) i * phase.batch(), phase.batch()), i);
      }
      trainer.store(vector, state);
      return new HostValues(vector).toFloats();
    }
  }

  @Override
  public List<float[]> map(BatchFunction function, int count, int batch) throws IOException {
    List<float[]> results = new ArrayList<>();
    try (BatchFunction.Open open = function.open()) {
      for (int from = 0; from < count; from += batch) {
        results.addAll(open.apply(read(from, Math.min(batch, count - from))));
      }
    }
    return results;
  }

  @Override
  public SourceBatch sample(int count) throws IOException {
    return read(0, count);
  }

  private SourceBatch read(long from, int count) throws IOException {
    return reader.read(order.range(from, count), LongStream.range(from, from + count).toArray());
  }
}
