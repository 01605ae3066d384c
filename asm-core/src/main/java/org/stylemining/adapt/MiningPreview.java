package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.RgbImage;
import org.stylemining.weights.NamedTensor;

/**
 * One source image through mining steps against a model that does not learn from them: what a
 * report shows.
 */
public final class MiningPreview {
  private MiningPreview() {}

  /**
   * One picture of the strip.
   *
   * @param image the source image (step 0) or the stylised one
   * @param step mining step, from 1; 0 is the source image
   * @param loss L_M at that step; 0 for the source image
   * @param distance ||eps - psi||
   */
  public record Step(RgbImage image, int step, double loss, double distance) {}

  /** Mines {@code depth} steps from a sample at a position of the training order. */
  public static List<Step> of(
      TaskTraining training,
      Map<String, NamedTensor> model,
      LabelledImage sample,
      long position,
      int depth) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(sample.image(), 0, 0, 0));
    try (MiningProbe probe = new MiningProbe(training, model)) {
      probe.mine(
          new SourceBatch(List.of(sample), new long[] {position}, List.of()),
          training.sampling(),
          depth,
          (step, rgb, codes, loss) ->
              steps.add(new Step(Images.fromMap(rgb, 0), step + 1, loss, codes.meanDistance())));
    }
    return steps;
  }
}
