package org.stylemining.nn;

/**
 * What a layer computes and how, for benchmarks.
 *
 * @param name of its parameters, such as {@code layer1.0.conv1}; what it is where it has none
 * @param kind such as {@code convolution 3x3, dilation 2}
 * @param forward what computed the last forward pass, such as {@code matmul}
 * @param backward what computes the backward pass of it
 * @param products multiplications of the plain sums per pixel of the result; 0 where it has none
 * @param trained whether the backward pass computes gradients of weights
 */
public record LayerWork(
    String name, String kind, String forward, String backward, long products, boolean trained) {}
