package org.stylemining.weights;

import java.util.Collection;
import java.util.List;

/**
 * The values of a checkpoint.
 *
 * @param model parameters and running statistics by name, kept in this order
 * @param optimizer the optimizer's state, flat; of length 0 where it has none
 * @param outer the momentum of the optimizer over rounds, flat; of length 0 where there is none
 * @param mean the mean of the models after several rounds, as {@code model}; empty where there is
 *     none
 */
public record CheckpointContents(
    Collection<NamedTensor> model, float[] optimizer, float[] outer, Collection<NamedTensor> mean) {
  /** A model and its optimizer's state. */
  public CheckpointContents(Collection<NamedTensor> model, float[] optimizer) {
    this(model, optimizer, new float[0], List.of());
  }
}
