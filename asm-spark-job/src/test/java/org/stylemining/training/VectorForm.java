package org.stylemining.training;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.UserMistake;
import org.stylemining.weights.NamedTensor;

/** A network of one parameter, "w", drawn by a seed. */
record VectorForm(int size, long seed) implements NetworkForm {
  @Override
  public INDArray initial() {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.createFromArray(values);
  }

  @Override
  public long learned() {
    return size;
  }

  @Override
  public long statisticsFrom() {
    return size;
  }

  @Override
  public List<NamedTensor> publish(INDArray theta) {
    return List.of(new NamedTensor("w", new long[] {size}, theta.dup().toFloatVector()));
  }

  @Override
  public INDArray accept(String where, Map<String, NamedTensor> tensors) {
    if (!tensors.containsKey("w") || tensors.get("w").data().length != size) {
      throw new UserMistake(where + ": expected w[" + size + "], found " + tensors.values());
    }
    return Nd4j.createFromArray(tensors.get("w").data());
  }
}
