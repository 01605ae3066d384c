package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.List;
import org.stylemining.config.BatchRule;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.RgbImage;
import org.stylemining.mining.Noise;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.HostValues;
import org.stylemining.report.StepRecord;

/**
 * The baseline that style mining has to beat: the source images with the colour statistics of one
 * anchor each, jittered anew in every update. Like mining it makes several updates on a batch.
 */
final class Recolouring implements AdaptationMethod {
  private static final int VALUES = 6;

  private final ColourAnchor anchor;
  private final Noise noise;
  private final Options options;

  /**
   * How to recolour.
   *
   * @param depth updates per batch
   * @param jitter factors on the statistics are drawn from 1 - jitter to 1 + jitter
   * @param lambda weight of the consistency loss
   * @param batch whether M sees the source images beside the recoloured ones
   */
  record Options(int depth, double jitter, double lambda, BatchRule batch) {}

  Recolouring(ColourAnchor anchor, Noise noise, Options options) {
    this.anchor = anchor;
    this.noise = noise;
    this.options = options;
  }

  @Override
  public int updatesPerBatch() {
    return options.depth;
  }

  @Override
  public List<StepRecord> train(SourceBatch batch, long firstUpdate, Learner learner) {
    Buffers buffers = learner.model().buffers();
    FeatureMap rgb = Images.toMap(batch, buffers);
    List<StepRecord> records = new ArrayList<>();
    try (TrainingInput input = new TrainingInput(batch, rgb, options.batch, buffers)) {
      for (int i = 0; i < options.depth; i++) {
        long start = System.nanoTime();
        FeatureMap recoloured = recoloured(batch, i, buffers);
        FeatureMap images = input.of(recoloured, false);
        buffers.give(recoloured);
        Learner.Result result =
            learner.gradients(
                images, input.labels(), batch.size(), input.lambda(options.lambda), false);
        learner.step(firstUpdate + i);
        buffers.give(images);
        records.add(
            StepRecord.withoutStyles(
                firstUpdate + i + 1,
                i + 1,
                result.loss(),
                result.task(),
                result.consistency(),
                learner.schedule().rate(firstUpdate + i),
                batch.size(),
                start));
      }
    }
    buffers.give(rgb);
    return records;
  }

  /** The batch in the anchors' colours, [B, H, W, 3], RGB 0..1; the caller's to give back. */
  FeatureMap recoloured(SourceBatch batch, int step, Buffers buffers) {
    RgbImage first = batch.images().get(0).image();
    int each = first.rgb().length;
    float[] values = new float[batch.size() * each];
    for (int b = 0; b < batch.size(); b++) {
      long position = batch.positions()[b];
      anchor
          .statistics()
          .get(noise.choice(position, anchor.statistics().size()))
          .jittered(options.jitter, noise.uniform(position, step, VALUES))
          .give(batch.images().get(b).image(), values, b * each);
    }
    FeatureMap map = buffers.map(batch.size(), first.height(), first.width(), 3);
    new HostValues(map.rows()).put(values);
    return map;
  }
}
