package org.stylemining.config;

/** What the driver does with the mean of the workers ({@code sync.outer.optimizer}). */
public enum OuterOptimizer implements Word {
  /** The mean is the next round's start. */
  NONE,
  /** Wang, Tantia, Ballas, Rabbat, SlowMo, ICLR 2020, Algorithm 1. */
  SLOW_MOMENTUM,
  /** SGD with Nesterov momentum on start - mean: Douillard et al., DiLoCo, 2023, Algorithm 1. */
  NESTEROV
}
