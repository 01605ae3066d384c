package org.stylemining.training;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.UserMistake;
import org.stylemining.weights.NamedTensor;

/**
 * A network whose checkpoints hold theta as one tensor, because nobody but the run itself reads
 * them.
 *
 * @param start parameters that training starts from
 */
record FlatForm(float[] start) implements NetworkForm {
  private static final String NAME = "theta";

  @Override
  public INDArray initial() {
    return Nd4j.createFromArray(start);
  }

  @Override
  public long learned() {
    return start.length;
  }

  @Override
  public long statisticsFrom() {
    return start.length;
  }

  @Override
  public List<NamedTensor> publish(INDArray theta) {
    return List.of(new NamedTensor(NAME, new long[] {start.length}, values(theta)));
  }

  @Override
  public INDArray accept(String where, Map<String, NamedTensor> tensors) {
    NamedTensor theta = tensors.get(NAME);
    if (theta == null || theta.data().length != start.length) {
      throw new UserMistake(
          "%s: expected %s[%d], found %s".formatted(where, NAME, start.length, tensors.values()));
    }
    return Nd4j.createFromArray(theta.data());
  }

  static float[] values(INDArray theta) {
    INDArray copy = theta.dup('c');
    float[] values = copy.data().asFloat();
    copy.close();
    return values;
  }
}
