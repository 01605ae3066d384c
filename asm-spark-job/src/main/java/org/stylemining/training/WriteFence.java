package org.stylemining.training;

import java.io.IOException;
import org.stylemining.failure.RunFailure;

/** Keeps a run that has lost its folder to another from writing into it. */
public interface WriteFence {
  /** Where nobody else can come. */
  WriteFence NONE = () -> {};

  /**
   * Called before a checkpoint is written.
   *
   * @throws RunFailure where the folder is another run's now
   * @throws IOException where that cannot be found out
   */
  void check() throws IOException;
}
