package org.stylemining.training;

import java.io.Serializable;
import java.util.List;
import org.stylemining.data.Damage;
import org.stylemining.device.WorkerDevice;
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
 */
public record WorkerReport(
    int worker,
    WorkerDevice device,
    List<StepRecord> steps,
    long seen,
    long images,
    List<Damage> skipped,
    double trainSeconds,
    double waitSeconds)
    implements Serializable {
  public WorkerReport {
    steps = List.copyOf(steps);
    skipped = List.copyOf(skipped);
  }
}
