package org.stylemining.config;

/** When batch-norm statistics are estimated anew ({@code sync.statistics.at}). */
public enum StatisticsMoment implements Word {
  /** Before the run's last checkpoint. */
  END,
  /** Before every checkpoint. */
  CHECKPOINT
}
