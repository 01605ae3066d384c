package org.stylemining.config;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The task network M: the block {@code model}.
 *
 * @param backbone residual network under the classifier
 * @param width factor on the backbone's channel counts
 * @param rates dilation rates of the parallel classifiers, at least one
 * @param attention position attention before the classifier
 * @param batchNorm batch normalisation
 * @param initialWeights checkpoint or run folder to start from
 */
public record ModelConfig(
    Backbone backbone,
    @Within("(0, 1]") double width,
    @NotEmpty @Within("[1, inf)") List<Integer> rates,
    boolean attention,
    BatchNormConfig batchNorm,
    Optional<String> initialWeights)
    implements Serializable {
  public ModelConfig {
    rates = List.copyOf(rates);
  }

  private Object writeReplace() {
    return new SerializedRecord(this);
  }
}
