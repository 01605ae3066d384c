package org.stylemining.pretrain;

import java.util.List;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.ParameterStore;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.StyleEncoder;

/**
 * Scales the trained encoder's layers so that each stage's mean activation over images is one, as
 * in the "normalised" VGG-19 of Gatys et al., 2015: stages then weigh alike in the style loss. What
 * the encoder tells apart stays the same.
 */
final class EncoderScaling {
  private static final int STAGES = 4;

  private EncoderScaling() {}

  /**
   * @param decoder the parameters of the decoder that was trained with it
   */
  static void apply(StyleEncoder encoder, ParameterStore decoder, FeatureMap images) {
    ParameterStore store = encoder.parameters();
    Buffers buffers = encoder.buffers();
    List<FeatureMap> stages = encoder.stages(images, false);
    double before = 1;
    for (int i = 0; i < STAGES; i++) {
      double mean = Math.max(1e-6, stages.get(i).rows().meanNumber().doubleValue());
      String conv = "encoder.conv" + (i + 1);
      // Its input has shrunk by the factor of the stage before.
      store.get(conv + ".weight").value().muli(before / mean);
      store.get(conv + ".bias").value().muli(1 / mean);
      before = mean;
    }
    decoder.get(EncoderKind.FIRST_OF_DECODER).value().muli(before);
    stages.forEach(buffers::give);
  }
}
