package org.stylemining.config;

/** What a run does where something that it could do without fails. */
public enum OnFailure implements Word {
  /** Say so and go on. */
  CONTINUE,
  /** End with a status that is not 0. */
  STOP
}
