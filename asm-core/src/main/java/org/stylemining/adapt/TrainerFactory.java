package org.stylemining.adapt;

import java.io.Serializable;

/**
 * Makes a worker's trainer where the worker is. It is sent to every executor once per run, with all
 * that its trainers share.
 */
public interface TrainerFactory extends Serializable {
  /** A new trainer; its owner closes it. */
  LocalTrainer create();
}
