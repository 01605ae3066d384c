package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code model.batch-norm}.
 *
 * @param affine scale and shift
 * @param statistics which statistics normalise while training
 * @param momentum share of the new batch in the running statistics
 */
public record BatchNormConfig(
    Affine affine, Statistics statistics, @Within("[0, 1]") double momentum)
    implements Serializable {}
