package org.stylemining.pretrain;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.Images;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.adapt.Optimizer;
import org.stylemining.adapt.Vectors;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.OptimizerKind;
import org.stylemining.config.PretrainConfig;
import org.stylemining.config.RainRule;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.RgbImage;
import org.stylemining.mining.Noise;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.report.StepRecord;
import org.stylemining.style.Rain;

/**
 * Trains the decoder, and by the official and joint rules the auto-encoder with it, on source
 * images as content and style images: Adam, learning rate / (1 + decay * iteration).
 */
final class GeneratorTrainer implements LocalTrainer {
  private static final Optimizer ADAM = new Optimizer(OptimizerKind.ADAM, 0, 0, 1);
  private final AsmConfig config;
  private final PretrainConfig pretrain;
  private final Rain rain;
  private final Buffers buffers;
  private final StyleImages styles;
  private final StyleVariation variation;
  private final RainLosses losses;
  private final INDArray state;

  /** Takes generator and buffers over. */
  GeneratorTrainer(AsmConfig config, Rain rain, StyleImages styles) {
    this.config = config;
    this.rain = rain;
    this.styles = styles;
    pretrain = config.style().pretrain();
    buffers = rain.buffers();
    variation = new StyleVariation(pretrain.crop(), pretrain.varyStyles());
    losses = new RainLosses(rain, pretrain.weights());
    state = Nd4j.createUninitializedDetached(buffers.type(), 2 * rain.parameters().size());
    state.assign(0);
  }

  @Override
  public long parameterCount() {
    return rain.parameters().size();
  }

  @Override
  public long stateCount() {
    return state.length();
  }

  @Override
  public int updatesPerBatch() {
    return 1;
  }

  @Override
  public void load(INDArray theta, INDArray from) {
    Vectors.copy(theta, rain.parameters().theta());
    Vectors.copy(from, state);
  }

  @Override
  public void store(INDArray theta, INDArray to) {
    Vectors.copy(rain.parameters().theta(), theta);
    Vectors.copy(state, to);
  }

  @Override
  public List<StepRecord> train(SourceBatch batch, long firstUpdate) {
    if (batch.isEmpty()) {
      return List.of();
    }
    long start = System.nanoTime();
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
    double rate = pretrain.learningRate() / (1 + pretrain.learningRateDecay() * firstUpdate);
    ADAM.update(rain.parameters(), state, rate, firstUpdate, buffers.lanes());
    double loss =
        l.content()
            + pretrain.weights().style() * l.style()
            + pretrain.weights().kl() * l.kl()
            + pretrain.weights().reconstruction() * l.reconstruction();
    return List.of(
        new StepRecord(
            0,
            0,
            firstUpdate + 1,
            1,
            loss,
            l.content(),
            0,
            0,
            0,
            0,
            rate,
            batch.size(),
            (System.nanoTime() - start) / 1e9,
            0));
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
      SplittableRandom random = random(config.seed(), batch.positions()[b]);
      RgbImage image =
          random.nextDouble() < pretrain.photoStyles()
              ? batch.images().get((b + 1) % batch.size()).image()
              : styles.draw(random);
      images.add(variation.crop(image, random));
    }
    return images;
  }

  static SplittableRandom random(long seed, long position) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ position * 0xBF58476D1CE4E5B9L);
  }

  @Override
  public void close() {
    state.close();
    rain.close();
    buffers.close();
  }
}
