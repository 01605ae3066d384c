package org.stylemining.bench;

/**
 * What makes layers the same in a benchmark.
 *
 * @param kind such as {@code convolution 3x3}
 * @param from shape of the input, [B, H, W, C]; empty for what is no layer
 * @param to shape of the result
 * @param forward what computes it
 * @param backward what computes the backward pass; the same where there is none
 * @param trained whether weights get gradients
 */
record LayerKey(
    String kind, String from, String to, String forward, String backward, boolean trained) {}
