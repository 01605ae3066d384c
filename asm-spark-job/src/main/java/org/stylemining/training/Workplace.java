package org.stylemining.training;

import org.stylemining.adapt.LocalTrainer;

/**
 * A trainer and the vectors that it starts a round from and ends it with, made once for all rounds.
 */
record Workplace(LocalTrainer trainer, RoundVectors vectors) implements AutoCloseable {
  static Workplace of(LocalTrainer trainer) {
    return new Workplace(trainer, new RoundVectors(trainer.parameterCount(), trainer.stateCount()));
  }

  /** Gives the vectors to the trainer. */
  void load() {
    trainer.load(vectors.theta(), vectors.state());
  }

  /** Takes them back. */
  void store() {
    trainer.store(vectors.theta(), vectors.state());
  }

  @Override
  public void close() {
    trainer.close();
    vectors.close();
  }
}
