package org.stylemining.config;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The task network M: the block {@code model}.
 *
 * @param network what it is
 * @param backbone residual network under the classifier of DeepLab-v2
 * @param width factor on the backbone's (ResNet-18: the network's) channel counts
 * @param rates dilation rates of the parallel classifiers of DeepLab-v2, at least one
 * @param attention position attention before the classifier of DeepLab-v2
 * @param batchNorm batch normalisation
 * @param initialWeights checkpoint or run folder to start from
 */
public record ModelConfig(
    TaskNetwork network,
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
