package org.stylemining.adapt;

import java.util.List;
import org.stylemining.data.SourceBatch;
import org.stylemining.report.StepRecord;

/** What one worker does with one batch of source images. */
public interface AdaptationMethod {
  /** Updates of the task model per batch. */
  int updatesPerBatch();

  /** Trains the learner's model on a batch that is not empty; one record per update. */
  List<StepRecord> train(SourceBatch batch, long firstUpdate, Learner learner);
}
