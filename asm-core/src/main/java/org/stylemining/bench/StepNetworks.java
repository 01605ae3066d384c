package org.stylemining.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.Optimizer;
import org.stylemining.adapt.TaskTraining;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ConfigReader;
import org.stylemining.nn.BilinearResize;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.HostValues;
import org.stylemining.nn.LayerProbe;
import org.stylemining.nn.LayerProbe.Pass;
import org.stylemining.nn.SoftmaxCrossEntropy;
import org.stylemining.style.AdaptiveInstanceNorm;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.InputScaling;
import org.stylemining.style.Rain;
import org.stylemining.task.Consistency;
import org.stylemining.task.TaskModel;

/**
 * The networks of the default configuration, with drawn weights, and one mining step on drawn
 * images and labels: encoder, code to style, AdaIN and decoder; the task network on stylised and
 * source images, its losses and its update; the gradient back to the code. It is {@link
 * org.stylemining.adapt.StyleMining} of depth 1, part by part.
 */
final class StepNetworks implements AutoCloseable {
  private static final long SEED = 1;

  private final AsmConfig config;
  private final Buffers buffers = new Buffers(DataType.FLOAT);
  private final Rain rain;
  private final TaskModel model;
  private final InputScaling scaling;
  private final BilinearResize resize;
  private final Optimizer optimizer;
  private final INDArray state;
  private final FeatureMap images;
  private final INDArray eps;
  private final List<byte[]> labels = new ArrayList<>();
  private long updates;

  StepNetworks(StepSize size) {
    config = ConfigReader.parse("", "the default configuration", List.of());
    rain =
        new Rain(
            new Rain.Architecture(
                EncoderKind.VGG19, 1, config.style().latent(), config.style().hidden()),
            buffers,
            false);
    rain.encoderParameters().initialise(SEED);
    rain.parameters().initialise(SEED);
    model = TaskTraining.model(config, buffers, true);
    model.parameters().initialise(SEED);
    scaling = InputScaling.task(buffers);
    resize = new BilinearResize(buffers);
    optimizer = TaskTraining.optimizer(config.training());
    state =
        Nd4j.createUninitializedDetached(
            DataType.FLOAT, optimizer.statesPerParameter() * model.parameters().size());
    state.assign(0);
    Random random = new Random(SEED);
    images = buffers.map(size.batch(), size.height(), size.width(), 3);
    float[] colours = new float[Math.toIntExact(3 * images.pixels())];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = random.nextFloat();
    }
    new HostValues(images.rows()).put(colours);
    eps = buffers.take(size.batch(), config.style().latent());
    float[] code = new float[Math.toIntExact(eps.length())];
    for (int i = 0; i < code.length; i++) {
      code[i] = (float) random.nextGaussian();
    }
    new HostValues(eps).put(code);
    // Labels over all classes: a loss that saturates brings denormal numbers, which are slow.
    for (int i = 0; i < 2 * size.batch(); i++) {
      byte[] ids = new byte[size.height() * size.width()];
      for (int k = 0; k < ids.length; k++) {
        ids[k] = (byte) random.nextInt(model.classes());
      }
      labels.add(ids);
    }
  }

  /** One mining step, each part of it under the probe. */
  void step(PartProbe probe) {
    buffers.probe(probe);
    try {
      FeatureMap features = rain.encoder().encode(images);
      AdaptiveInstanceNorm content =
          probe.part("AdaIN", Pass.FORWARD, () -> new AdaptiveInstanceNorm(features, buffers));
      buffers.give(features);
      FeatureMap input = stylisedAndSource(content, probe);
      FeatureMap dInput = update(input, probe);
      buffers.give(input);
      codeGradient(dInput, content, probe);
      content.release();
    } finally {
      buffers.probe(LayerProbe.NONE);
    }
  }

  private FeatureMap stylisedAndSource(AdaptiveInstanceNorm content, PartProbe probe) {
    int n = images.batch();
    INDArray styles = probe.part("D_vae", Pass.FORWARD, () -> rain.vae().decode(eps, true));
    FeatureMap styled = probe.part("AdaIN", Pass.FORWARD, () -> content.apply(styles));
    styles.close();
    FeatureMap stylised = rain.decode(styled, images.height(), images.width(), true);
    return probe.part(
        "input scaling",
        Pass.FORWARD,
        () -> {
          FeatureMap source = scaling.forward(images, false);
          FeatureMap prepared = scaling.forward(stylised, true);
          FeatureMap input = buffers.map(2 * n, images.height(), images.width(), 3);
          input.images(0, n).rows().assign(prepared.rows());
          input.images(n, n).rows().assign(source.rows());
          buffers.give(prepared);
          buffers.give(source);
          return input;
        });
  }

  /** An update of the task network; the gradient at its input. */
  private FeatureMap update(FeatureMap input, PartProbe probe) {
    FeatureMap logits = model.forward(input, true);
    FeatureMap full =
        probe.part(
            "bilinear resize",
            Pass.FORWARD,
            () -> resize.forward(logits, input.height(), input.width()));
    probe.part(
        "cross-entropy", Pass.FORWARD, () -> SoftmaxCrossEntropy.lossAndGradient(full, labels));
    FeatureMap dLogits =
        probe.part(
            "bilinear resize",
            Pass.BACKWARD,
            () -> resize.backward(full, logits.height(), logits.width()));
    buffers.give(full);
    double lambda = config.mining().consistency();
    Consistency.Result consistency =
        probe.part(
            "consistency loss",
            Pass.FORWARD,
            () -> Consistency.of(model.features(), images.batch(), lambda, buffers));
    FeatureMap dInput = model.backward(dLogits, consistency.gradient(), true);
    buffers.give(logits);
    probe.part(
        "update of theta",
        Pass.FORWARD,
        () -> {
          // So small a rate that repeats meet the same network.
          optimizer.update(model.parameters(), state, 1e-12, updates++, buffers.lanes());
          return null;
        });
    return dInput;
  }

  private void codeGradient(FeatureMap dInput, AdaptiveInstanceNorm content, PartProbe probe) {
    int n = images.batch();
    FeatureMap dRgb =
        probe.part(
            "input scaling",
            Pass.BACKWARD,
            () -> {
              FeatureMap d = buffers.map(n, dInput.height(), dInput.width(), 3);
              d.rows().assign(dInput.images(0, n).rows());
              buffers.give(dInput);
              return scaling.backward(d, true);
            });
    FeatureMap dFeatures = rain.backwardDecode(dRgb);
    INDArray dStyles = probe.part("AdaIN", Pass.BACKWARD, () -> content.backward(dFeatures));
    INDArray dEps = probe.part("D_vae", Pass.BACKWARD, () -> rain.vae().backwardDecode(dStyles));
    dStyles.close();
    dEps.close();
  }

  @Override
  public void close() {
    state.close();
    resize.close();
    model.close();
    rain.close();
    buffers.close();
  }
}
