package org.stylemining.config;

/** What the task network sees in one update ({@code mining.batch}). */
public enum BatchRule implements Word {
  /** The stylised and the source images, with the labels twice. */
  STYLISED_AND_SOURCE,
  /** The stylised images alone. */
  STYLISED
}
