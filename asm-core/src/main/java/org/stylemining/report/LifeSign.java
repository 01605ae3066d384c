package org.stylemining.report;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run's folder tells of the process that writes into it.
 *
 * @param holder the process, in words
 * @param last when it gave its last sign of life, by the file system's clock
 * @param alive whether it is taken to live
 */
public record LifeSign(String holder, Instant last, boolean alive) {

  /** Where signs of life are looked for. */
  public interface Source {
    /** The sign in a run's folder now; empty where nobody holds the folder. */
    Optional<LifeSign> of(RunFolder run) throws IOException;
  }
}
