package org.stylemining.monitoring;

import java.util.List;
import org.stylemining.report.MetricsRecord;

/** Is told what a run does, to show it somewhere. It does not touch the run. */
public interface RunMonitor extends AutoCloseable {
  /** Shows nothing. */
  RunMonitor NONE = entry -> {};

  /** A part of a run, until it is closed. */
  interface Part extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * A sync round begins.
   *
   * @param round from 1
   * @param rounds of the whole run
   * @param first update of each worker in this round, from 1
   * @param last of them
   */
  default Part round(int round, int rounds, long first, long last) {
    return () -> {};
  }

  /** A line was written into the run's log. */
  void saw(MetricsRecord entry);

  /** The run is over, or has failed. */
  @Override
  default void close() {}

  /** Tells several. */
  static RunMonitor of(List<RunMonitor> all) {
    return new RunMonitor() {
      @Override
      public Part round(int round, int rounds, long first, long last) {
        List<Part> parts =
            all.stream().map(each -> each.round(round, rounds, first, last)).toList();
        return () -> parts.forEach(Part::close);
      }

      @Override
      public void saw(MetricsRecord entry) {
        all.forEach(each -> each.saw(entry));
      }

      @Override
      public void close() {
        all.forEach(RunMonitor::close);
      }
    };
  }
}
