package org.stylemining.adapt;

import java.io.Serializable;

/** Makes trainers where they are needed, one per thread. */
public interface TrainerFactory extends Serializable {
  LocalTrainer create();
}
