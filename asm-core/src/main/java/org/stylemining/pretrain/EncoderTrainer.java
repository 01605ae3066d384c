package org.stylemining.pretrain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.Images;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.adapt.Optimizer;
import org.stylemining.adapt.Vectors;
import org.stylemining.config.EncoderTrainingConfig;
import org.stylemining.config.OptimizerKind;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.ParameterStore;
import org.stylemining.report.StepRecord;
import org.stylemining.style.Decoder;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.StyleEncoder;

/**
 * Trains the small encoder, and its decoder with it, to give images back, by their mean square
 * error: source images in strongly varied colours, so that nothing a style is made of gets lost.
 * The decoder is then most of the way to decoding styles.
 */
final class EncoderTrainer implements LocalTrainer {
  private static final Optimizer ADAM = new Optimizer(OptimizerKind.ADAM, 0, 0, 1);
  private final EncoderTrainingConfig training;
  private final long seed;
  private final Buffers buffers;
  private final ParameterStore store;
  private final StyleEncoder encoder;
  private final Decoder decoder;
  private final StyleVariation variation;
  private final INDArray state;

  /**
   * @param crop side of the images trained on, pixels
   * @param buffers taken over
   */
  EncoderTrainer(EncoderTrainingConfig training, int crop, long seed, Buffers buffers) {
    this.training = training;
    this.seed = seed;
    this.buffers = buffers;
    store = new ParameterStore(buffers.type());
    encoder = StyleEncoder.create(EncoderKind.TRAINED, buffers, store, 1);
    decoder = Decoder.create(EncoderKind.TRAINED, buffers, store, 1);
    store.allocate(true);
    variation = new StyleVariation(crop, true);
    state = Nd4j.createUninitializedDetached(buffers.type(), 2 * store.size());
    state.assign(0);
  }

  /** Those of the encoder and the decoder. */
  ParameterStore parameters() {
    return store;
  }

  @Override
  public long parameterCount() {
    return store.size();
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
    Vectors.copy(theta, store.theta());
    Vectors.copy(from, state);
  }

  @Override
  public void store(INDArray theta, INDArray to) {
    Vectors.copy(store.theta(), theta);
    Vectors.copy(state, to);
  }

  @Override
  public List<StepRecord> train(SourceBatch batch, long firstUpdate) {
    if (batch.isEmpty()) {
      return List.of();
    }
    long start = System.nanoTime();
    FeatureMap rgb = Images.toMap(varied(batch), buffers);
    double loss = gradients(rgb);
    buffers.give(rgb);
    double rate = training.learningRate() / (1 + 2.0 * firstUpdate / training.iterations());
    ADAM.update(store, state, rate, firstUpdate, buffers.lanes());
    return List.of(
        new StepRecord(
            0,
            0,
            firstUpdate + 1,
            1,
            loss,
            loss,
            0,
            0,
            0,
            0,
            rate,
            batch.size(),
            (System.nanoTime() - start) / 1e9,
            0));
  }

  private List<RgbImage> varied(SourceBatch batch) {
    List<RgbImage> images = new ArrayList<>();
    for (int b = 0; b < batch.size(); b++) {
      SplittableRandom random = GeneratorTrainer.random(seed, batch.positions()[b]);
      images.add(variation.crop(batch.images().get(b).image(), random));
    }
    return images;
  }

  /**
   * Adds the gradients of a batch.
   *
   * @param rgb images [B, H, W, 3]
   * @return the mean square error of the images that come back
   */
  double gradients(FeatureMap rgb) {
    List<FeatureMap> stages = encoder.stages(rgb, true);
    FeatureMap last = stages.get(stages.size() - 1);
    // The decoder takes over what it is given, and the encoder still needs its own.
    FeatureMap features = buffers.map(last.batch(), last.height(), last.width(), last.channels());
    features.rows().assign(last.rows());
    FeatureMap decoded = decoder.forward(features, rgb.height(), rgb.width(), true);
    FeatureMap error = buffers.map(rgb.batch(), rgb.height(), rgb.width(), 3);
    error.rows().assign(decoded.rows()).subi(rgb.rows());
    long values = error.rows().length();
    double loss = RainLosses.squareSum(error.rows()) / values;
    error.rows().muli(2.0 / values);
    List<FeatureMap> gradients = new ArrayList<>(Arrays.asList(null, null, null));
    gradients.add(decoder.backward(error));
    encoder.backward(gradients, false);
    stages.forEach(buffers::give);
    return loss;
  }

  @Override
  public void close() {
    state.close();
    store.close();
    buffers.close();
  }
}
