package org.stylemining.pretrain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.Images;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.adapt.Optimizer;
import org.stylemining.adapt.Vectors;
import org.stylemining.config.EncoderTrainingConfig;
import org.stylemining.config.OptimizerKind;
import org.stylemining.data.SourceBatch;
import org.stylemining.nn.BilinearResize;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Convolution;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.GlobalMean;
import org.stylemining.nn.Layer;
import org.stylemining.nn.ParameterStore;
import org.stylemining.nn.SoftmaxCrossEntropy;
import org.stylemining.report.StepRecord;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.StyleEncoder;

/**
 * Trains the small encoder to label the source images, with a 1x1 classifier on its last stage: as
 * a segmentation network, or on the mean over all pixels where images are labelled as a whole.
 */
final class EncoderTrainer implements LocalTrainer {
  private static final Optimizer ADAM = new Optimizer(OptimizerKind.ADAM, 0, 0, 1);
  private final EncoderTrainingConfig training;
  private final Buffers buffers;
  private final ParameterStore store;
  private final StyleEncoder encoder;
  private final Layer classifier;
  private final Optional<GlobalMean> mean;
  private final BilinearResize resize;
  private final INDArray state;

  EncoderTrainer(EncoderTrainingConfig training, int classes, boolean pixels, Buffers buffers) {
    this.training = training;
    this.buffers = buffers;
    store = new ParameterStore(buffers.type());
    encoder = StyleEncoder.create(EncoderKind.TRAINED, buffers, store, 1);
    classifier =
        Convolution.same(
            store,
            buffers,
            "classifier",
            encoder.channels(),
            classes,
            1,
            1,
            1,
            Convolution.Padding.ZERO,
            Convolution.Options.BIAS);
    store.allocate(true);
    mean = pixels ? Optional.empty() : Optional.of(new GlobalMean(buffers));
    resize = new BilinearResize(buffers);
    state = Nd4j.createUninitializedDetached(buffers.type(), 2 * store.size());
    state.assign(0);
  }

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
    FeatureMap rgb = Images.toMap(batch.images().stream().map(i -> i.image()).toList(), buffers);
    List<FeatureMap> stages = encoder.stages(rgb, true);
    FeatureMap last = stages.get(stages.size() - 1);
    List<byte[]> labels = batch.images().stream().map(i -> i.labels().ids()).toList();
    Scored scored = mean.isPresent() ? whole(last, labels) : pixels(last, labels, rgb);
    double loss = scored.loss;
    List<FeatureMap> gradients = new ArrayList<>(Arrays.asList(null, null, null));
    gradients.add(scored.gradient);
    encoder.backward(gradients, false);
    stages.forEach(buffers::give);
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

  /**
   * How well the encoder's last features tell the classes.
   *
   * @param gradient of the loss at the features
   */
  private record Scored(double loss, FeatureMap gradient) {}

  private Scored pixels(FeatureMap features, List<byte[]> labels, FeatureMap images) {
    FeatureMap logits = classifier.forward(features, true);
    FeatureMap full = resize.forward(logits, images.height(), images.width());
    double loss = SoftmaxCrossEntropy.lossAndGradient(full, labels);
    FeatureMap d =
        classifier.backward(resize.backward(full, logits.height(), logits.width()), true);
    buffers.give(full);
    buffers.give(logits);
    return new Scored(loss, d);
  }

  private Scored whole(FeatureMap features, List<byte[]> labels) {
    FeatureMap pooled = mean.orElseThrow().forward(features, true);
    FeatureMap logits = classifier.forward(pooled, true);
    double loss = SoftmaxCrossEntropy.lossAndGradient(logits, labels);
    FeatureMap d = mean.orElseThrow().backward(classifier.backward(logits, true), true);
    buffers.give(pooled);
    return new Scored(loss, d);
  }

  @Override
  public void close() {
    resize.close();
    state.close();
    store.close();
    buffers.close();
  }
}
