package org.stylemining.config;

/**
 * What happens where fewer executors came than were asked for ({@code cluster.executors.fewer}).
 */
public enum FewerExecutors implements Word {
  /** The job ends before work begins. */
  STOP,
  /** The job goes on with those that are there. */
  GO_ON
}
