package org.stylemining.config;

/** Which network RAIN takes its features from ({@code style.encoder}). */
public enum Encoder implements Word {
  /** Normalised VGG-19 up to relu4_1. */
  VGG19,
  /** SqueezeNet up to fire4. */
  SQUEEZENET,
  /** A small encoder that {@code pretrain} trains on the source sets, to give their images back. */
  TRAINED
}
