package org.stylemining.config;

/** How the task network is trained ({@code training.method}). */
public enum Method implements Word {
  /** Adversarial style mining. */
  ASM,
  /** Source images as they are: the lower baseline. */
  SOURCE_ONLY
}
