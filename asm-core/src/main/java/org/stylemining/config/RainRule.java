package org.stylemining.config;

/** How RAIN is trained ({@code style.pretrain.rule}). */
public enum RainRule implements Word {
  /** VAE by KL and reconstruction, decoder by content and style losses. */
  OFFICIAL,
  /** Eq. 3 through everything. */
  JOINT,
  /** The VAE on a bank of style vectors, the decoder as officially. */
  STYLE_BANK
}
