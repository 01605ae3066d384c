package org.stylemining.monitoring;

import org.stylemining.report.MetricsRecord;
import org.stylemining.report.RunFolder;
import org.stylemining.tensorboard.LiveEvents;

/** Shows a run in TensorBoard while it goes on. */
public final class TensorBoardMonitor implements RunMonitor {
  private final LiveEvents events;

  public TensorBoardMonitor(RunFolder run) {
    events = new LiveEvents(run);
  }

  @Override
  public void saw(MetricsRecord entry) {
    events.take(entry);
  }

  @Override
  public void close() {
    events.close();
  }
}
