package org.stylemining.training;

import java.io.Serializable;
import java.util.List;
import org.stylemining.config.WorkerWeight;
import org.stylemining.data.Damage;
import org.stylemining.device.WorkerDevice;
import org.stylemining.report.MemoryRecord;
import org.stylemining.report.StepRecord;

/**
 * What one worker tells the driver of one sync round.
 *
 * @param worker from 0
 * @param device it computed on
 * @param steps its updates, in order
 * @param seen samples asked for
 * @param images samples trained on
 * @param skipped damaged samples
 * @param trainSeconds time spent in updates
 * @param waitSeconds time spent waiting for images
 * @param notFinite what is not finite in its result, such as {@code the loss of update 10 is NaN};
 *     null where all is
 * @param memory of its process at the end
 */
public record WorkerReport(
    int worker,
    WorkerDevice device,
    List<StepRecord> steps,
    long seen,
    long images,
    List<Damage> skipped,
    double trainSeconds,
    double waitSeconds,
    String notFinite,
    MemoryRecord memory)
    implements Serializable {
  public WorkerReport {
    steps = List.copyOf(steps);
    skipped = List.copyOf(skipped);
  }

  /** Updates made. */
  public long updates() {
    return steps.size();
  }

  /** Its weight in the average; 0 where it has no part in it. */
  long weight(WorkerWeight rule) {
    if (!counts()) {
      return 0;
    }
    return switch (rule) {
      case UPDATES -> updates();
      case SAMPLES -> images;
      case EQUAL -> 1;
    };
  }

  /** Whether its result is part of the average. */
  public boolean counts() {
    return notFinite == null && updates() > 0;
  }
}
