package org.stylemining.adapt;

import java.util.List;
import org.stylemining.data.SourceBatch;
import org.stylemining.nn.FeatureMap;
import org.stylemining.report.StepRecord;
import org.stylemining.style.InputScaling;

/** No adaptation: one update on the images as they are. */
public final class SourceOnly implements AdaptationMethod {
  @Override
  public int updatesPerBatch() {
    return 1;
  }

  @Override
  public List<StepRecord> train(SourceBatch batch, long firstUpdate, Learner learner) {
    long start = System.nanoTime();
    var buffers = learner.model().buffers();
    FeatureMap rgb = Images.toMap(batch, buffers);
    FeatureMap input = InputScaling.task(buffers).forward(rgb, false);
    buffers.give(rgb);
    Learner.Result result = learner.gradients(input, Images.labels(batch), batch.size(), 0, false);
    learner.step(firstUpdate);
    buffers.give(input);
    return List.of(
        StepRecord.withoutStyles(
            firstUpdate + 1,
            1,
            result.loss(),
            result.task(),
            0,
            learner.schedule().rate(firstUpdate),
            batch.size(),
            start));
  }
}
