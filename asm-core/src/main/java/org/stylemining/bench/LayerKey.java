package org.stylemining.bench;

import java.util.List;

/**
 * What makes layers the same in a benchmark.
 *
 * @param network part of the step: {@code encoder}, {@code decoder} or, empty, any other
 * @param kind such as {@code convolution 3x3}
 * @param from shape of the input, [B, H, W, C]; empty for what is no layer
 * @param to shape of the result
 * @param forward what computes it
 * @param backward what computes the backward pass; the same where there is none
 * @param trained whether weights get gradients
 */
record LayerKey(
    String network,
    String kind,
    String from,
    String to,
    String forward,
    String backward,
    boolean trained) {
  private static final List<String> FROZEN = List.of("encoder", "decoder");

  /**
   * The network that a layer belongs to, by its name; the frozen ones have no weights' gradients.
   */
  static String network(String layer) {
    String first = layer.replaceFirst("\\..*", "");
    return FROZEN.contains(first) ? first : "";
  }
}
