package org.stylemining.training;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.weights.NamedTensor;

/**
 * What a flat parameter vector means: the network's parameters by name, as checkpoints keep them.
 * Used on the driver.
 */
public interface NetworkForm {
  /** The parameters that training starts from [n]; the caller closes them. */
  INDArray initial();

  /** How many values of theta, from the first on, gradients move. */
  long learned();

  /** Place of the first running statistic in theta; they reach to its end. */
  long statisticsFrom();

  /** All parameters and running statistics in theta [n], in the network's order. */
  List<NamedTensor> publish(INDArray theta);

  /**
   * The vector [n] that {@link #publish} gives these tensors for; the caller closes it.
   *
   * @param where the tensors come from, for messages
   * @throws org.stylemining.config.UserMistake where they are another network's
   */
  INDArray accept(String where, Map<String, NamedTensor> tensors);
}
