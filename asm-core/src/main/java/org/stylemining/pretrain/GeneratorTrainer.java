package org.stylemining.pretrain;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.stylemining.adapt.Images;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.PretrainConfig;
import org.stylemining.config.RainRule;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.RgbImage;
import org.stylemining.mining.Noise;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.style.Rain;

/**
 * Trains the decoder, and by the official and joint rules the auto-encoder with it, on source
 * images as content and style images: Adam, learning rate / (1 + decay * iteration).
 */
final class GeneratorTrainer extends AdamTrainer {
  private final AsmConfig config;
  private final PretrainConfig pretrain;
  private final Rain rain;
  private final StyleImages styles;
  private final StyleVariation variation;
  private final RainLosses losses;

  /** Takes generator and buffers over. */
  GeneratorTrainer(AsmConfig config, Rain rain, StyleImages styles) {
    super(rain.parameters(), rain.buffers());
    this.config = config;
    this.rain = rain;
    this.styles = styles;
    pretrain = config.style().pretrain();
    variation = new StyleVariation(pretrain.crop(), pretrain.varyStyles());
    losses = new RainLosses(rain, pretrain.weights());
  }

  @Override
  Loss gradients(SourceBatch batch) {
    Buffers buffers = buffers();
    FeatureMap content =
        Images.toMap(batch.images().stream().map(i -> i.image()).toList(), buffers);
    FeatureMap style = Images.toMap(styleImages(batch), buffers);
    double[][] noise = new double[batch.size()][];
    for (int b = 0; b < noise.length; b++) {
      noise[b] = new Noise(config.seed()).normal(batch.positions()[b], 0, rain.vae().latent());
    }
    RainLosses.Losses l =
        losses.gradients(content, style, RainLosses.matrix(noise, buffers), flow());
    buffers.give(content);
    buffers.give(style);
    double total =
        l.content()
            + pretrain.weights().style() * l.style()
            + pretrain.weights().kl() * l.kl()
            + pretrain.weights().reconstruction() * l.reconstruction();
    return new Loss(total, l.content());
  }

  @Override
  double rate(long updates) {
    return pretrain.learningRate() / (1 + pretrain.learningRateDecay() * updates);
  }

  private RainLosses.Flow flow() {
    return pretrain.rule() == RainRule.OFFICIAL
        ? RainLosses.Flow.SEPARATE
        : pretrain.rule() == RainRule.JOINT ? RainLosses.Flow.JOINT : RainLosses.Flow.DECODER;
  }

  /**
   * A style for each image: another image of the batch where photographs' styles are asked for, or
   * a style image.
   */
  private List<RgbImage> styleImages(SourceBatch batch) {
    List<RgbImage> images = new ArrayList<>();
    for (int b = 0; b < batch.size(); b++) {
      SplittableRandom random = StyleVariation.random(config.seed(), batch.positions()[b]);
      RgbImage image =
          random.nextDouble() < pretrain.photoStyles()
              ? batch.images().get((b + 1) % batch.size()).image()
              : styles.draw(random);
      images.add(variation.crop(image, random));
    }
    return images;
  }

  @Override
  public void close() {
    super.close();
    rain.close();
  }
}
