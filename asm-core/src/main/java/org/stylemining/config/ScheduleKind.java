package org.stylemining.config;

/** How the learning rate falls behind the warm-up ({@code training.schedule}). */
public enum ScheduleKind implements Word {
  /** (1 - update / updates)^power. */
  POLY,
  /** Times step-factor at each of the steps. */
  STEP
}
