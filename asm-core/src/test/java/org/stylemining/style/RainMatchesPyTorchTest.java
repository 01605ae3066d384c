package org.stylemining.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Fixture;
import org.stylemining.nn.Parameter;
import org.stylemining.nn.ParameterStore;

/** RAIN at reduced width against PyTorch's, in double. */
class RainMatchesPyTorchTest {
  private static final double EXACT = 1e-9;

  @Test
  void generatorAndItsGradientAtTheCode() {
    Fixture fixture = new Fixture("rain-tiny");
    Buffers buffers = new Buffers(DataType.DOUBLE);
    Rain rain = new Rain(new Rain.Architecture(EncoderKind.VGG19, 1.0 / 16, 8, 24), buffers, true);
    fixture.fill(rain.encoderParameters(), "");
    for (Parameter p : rain.parameters().parameters()) {
      if (fixture.has(p.name())) {
        p.accept(fixture.array(p.name()));
      } else {
        p.value().assign(p.name().equals("style_deviation") ? 1 : 0);
      }
    }
    FeatureMap style = fixture.map("style");
    INDArray vectors = rain.styles(style);
    fixture.assertClose(vectors, "style_vector", EXACT);
    StyleVae.Code code = rain.vae().encode(vectors, false);
    fixture.assertClose(code.psi(), "psi", EXACT);
    fixture.assertClose(code.xi(), "xi", EXACT);
    INDArray eps = code.sample(fixture.array("noise"));
    fixture.assertClose(eps, "eps", EXACT);
    INDArray decoded = rain.vae().decode(eps, true);
    fixture.assertClose(decoded, "decoded_style", EXACT);
    AdaptiveInstanceNorm content = rain.content(fixture.map("content"));
    FeatureMap features = content.apply(decoded);
    fixture.assertClose(features, "adain", EXACT);
    FeatureMap g = rain.decode(features, 40, 48, true);
    fixture.assertClose(g, "g", EXACT);

    FeatureMap dFeatures = rain.backwardDecode(fixture.map("grad/g", buffers));
    INDArray dEps = rain.vae().backwardDecode(content.backward(dFeatures));
    fixture.assertClose(dEps, "grad/eps", EXACT);
    for (Parameter p : rain.parameters().parameters()) {
      if (p.hasGradient() && fixture.has("grad/" + p.name())) {
        fixture.assertClose(p.publishGradient(), "grad/" + p.name(), EXACT);
      }
    }
    content.release();
    assertThat(buffers.lentCount()).as("buffers still lent").isZero();
  }

  @Test
  void imagesDecodedLargerThanTheInputAreCroppedAndTheirGradientIsZeroOutside() {
    Buffers buffers = new Buffers(DataType.DOUBLE);
    Rain rain = new Rain(new Rain.Architecture(EncoderKind.VGG19, 1.0 / 16, 8, 24), buffers, false);
    rain.encoderParameters().initialise(1);
    rain.parameters().initialise(2);
    Fixture fixture = new Fixture("rain-tiny");
    FeatureMap image = fixture.map("content");
    AdaptiveInstanceNorm content = rain.content(image);
    INDArray styles = rain.styles(image);
    FeatureMap g = rain.decode(content.apply(styles), 37, 45, true);
    assertThat(g.height()).isEqualTo(37);
    assertThat(g.width()).isEqualTo(45);
    FeatureMap d = buffers.map(1, 37, 45, 3);
    d.rows().assign(1);
    buffers.give(rain.backwardDecode(d));
    content.release();
    assertThat(buffers.lentCount()).isZero();
  }

  @Test
  void everyStageOfVgg() {
    Fixture fixture = new Fixture("rain-tiny");
    Buffers buffers = new Buffers(DataType.DOUBLE);
    ParameterStore store = new ParameterStore(DataType.DOUBLE);
    StyleEncoder encoder = EncoderKind.VGG19.encoder(buffers, store, "encoder.", 1.0 / 16);
    store.allocate(false);
    fixture.fill(store, "");
    List<FeatureMap> stages = encoder.stages(fixture.map("content"), true);
    List<FeatureMap> gradients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      fixture.assertClose(stages.get(i), "content/relu" + (i + 1) + "_1", EXACT);
      gradients.add(fixture.map("grad/content/relu" + (i + 1) + "_1", buffers));
    }
    fixture.assertClose(encoder.backward(gradients, true), "grad/content", EXACT);
  }

  @Test
  void everyStageOfSqueezeNet() {
    Fixture fixture = new Fixture("squeezenet-tiny");
    Buffers buffers = new Buffers(DataType.DOUBLE);
    ParameterStore store = new ParameterStore(DataType.DOUBLE);
    StyleEncoder encoder = EncoderKind.SQUEEZENET.encoder(buffers, store, "", 1.0 / 16);
    store.allocate(false);
    for (Parameter p : store.parameters()) {
      boolean kernel = p.name().endsWith(".weight");
      String name = p.name().replace(".weight", "/kernel_OIHW").replace(".bias", "/bias");
      INDArray values = fixture.array(name);
      p.accept(kernel ? values : values.mul(EncoderKind.SQUEEZENET_SCALE));
    }
    List<FeatureMap> stages = encoder.stages(fixture.map("input"), true);
    List<FeatureMap> gradients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String stage = "stage/" + (i == 0 ? "conv1" : "fire" + (i + 1));
      fixture.assertClose(stages.get(i), stage, EXACT);
      gradients.add(fixture.map("grad/" + stage, buffers));
    }
    fixture.assertClose(encoder.backward(gradients, true), "grad/input", EXACT);
  }

  @Test
  void styleVectorsAndTheirGradient() {
    Fixture fixture = new Fixture("layers");
    Buffers buffers = new Buffers(DataType.DOUBLE);
    FeatureMap x = fixture.map("mean_std/input");
    INDArray styles = StyleVectors.of(x, buffers);
    fixture.assertClose(styles, "mean_std/output", EXACT);
    fixture.assertClose(
        StyleVectors.backward(x, styles, fixture.array("mean_std/grad/output"), buffers),
        "mean_std/grad/input",
        EXACT);
  }
}
