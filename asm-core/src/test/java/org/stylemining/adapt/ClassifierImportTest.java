package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.config.UserMistake;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.HostValues;
import org.stylemining.task.ResNet18;
import org.stylemining.weights.NamedTensor;

class ClassifierImportTest {
  private static final int SIDE = 64;
  private static final double[] DEVIATION = {0.229, 0.224, 0.225};

  private final Random random = new Random(5);

  @Test
  void aNetworkOfTorchvisionSeesTheSameInBgr() {
    Map<String, NamedTensor> published = tensors(1.0 / 8, 6);
    float[] rgb = new float[SIDE * SIDE * 3];
    float[] normalised = new float[rgb.length];
    float[] bgr = new float[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      // A colour less its mean, on both scales.
      double off = random.nextDouble() - 0.5;
      normalised[i] = (float) (off / DEVIATION[i % 3]);
      bgr[i + 2 - 2 * (i % 3)] = (float) (255 * off);
    }

    ClassifierImport imported =
        ClassifierImport.of("file", published, new ClassifierImport.Options(none(), true, 1));

    assertThat(imported.fresh()).isEmpty();
    assertThat(imported.layout()).isEqualTo(new ClassifierLayout(1.0 / 8, 6));
    float[] expected = logits(published.values(), normalised, 6);
    float[] found = logits(imported.tensors(), bgr, 6);
    for (int k = 0; k < expected.length; k++) {
      assertThat(found[k]).isCloseTo(expected[k], within(1e-3f * Math.abs(expected[k]) + 1e-4f));
    }
  }

  @Test
  void aNetworkOfThisProgramIsTakenAsItIs() {
    Map<String, NamedTensor> wrapped = new LinkedHashMap<>();
    Map<String, NamedTensor> published = tensors(1.0 / 8, 6);
    published.forEach((name, t) -> wrapped.put("module." + name, t.named("module." + name)));
    wrapped.put(
        "module.bn1.num_batches_tracked",
        new NamedTensor("module.bn1.num_batches_tracked", new long[0], new float[1]));

    ClassifierImport imported =
        ClassifierImport.of("file", wrapped, new ClassifierImport.Options(none(), false, 1));

    assertThat(imported.tensors()).containsExactlyInAnyOrderElementsOf(published.values());
    assertThat(imported.report().lines()).anyMatch(line -> line.contains("1 counters"));
  }

  @Test
  void aClassifierOfOtherClassesIsDrawnAnew() {
    ClassifierImport imported =
        ClassifierImport.of(
            "file",
            tensors(1.0 / 8, 6),
            new ClassifierImport.Options(OptionalInt.of(10), false, 3));

    assertThat(imported.layout().classes()).isEqualTo(10);
    assertThat(imported.freshParts()).containsExactly("fc");
    assertThat(imported.report().lines())
        .anyMatch(line -> line.contains("fc, a classifier of 6 classes, where 10 are asked for"))
        .anyMatch(line -> line.contains("drawn with seed 3"));
  }

  @Test
  void otherNetworksAreRefused() {
    Map<String, NamedTensor> headless = tensors(1.0 / 8, 6);
    headless.remove("fc.weight");
    assertMistake(headless, "expected a ResNet-18's parameters");
    Map<String, NamedTensor> incomplete = tensors(1.0 / 8, 6);
    incomplete.remove("layer3.1.bn2.running_var");
    assertMistake(incomplete, "layer3.1.bn2.running_var");
  }

  private static void assertMistake(Map<String, NamedTensor> tensors, String reason) {
    assertThatThrownBy(
            () ->
                ClassifierImport.of(
                    "a.pth", tensors, new ClassifierImport.Options(none(), true, 1)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("a.pth")
        .hasMessageContaining(reason);
  }

  private static OptionalInt none() {
    return OptionalInt.empty();
  }

  private static Map<String, NamedTensor> tensors(double width, int classes) {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        ResNet18 model = new ResNet18(classes, width, norm(), buffers, false)) {
      model.parameters().initialise(7);
      Map<String, NamedTensor> tensors = new LinkedHashMap<>();
      ParameterTensors.of(model.parameters()).forEach(t -> tensors.put(t.name(), t));
      return tensors;
    }
  }

  private static float[] logits(
      java.util.Collection<NamedTensor> tensors, float[] pixels, int classes) {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        ResNet18 model = new ResNet18(classes, 1.0 / 8, norm(), buffers, false)) {
      Map<String, NamedTensor> byName = new LinkedHashMap<>();
      List.copyOf(tensors).forEach(t -> byName.put(t.name(), t));
      ParameterTensors.fill(model.parameters(), byName, "a test");
      FeatureMap image = buffers.map(1, SIDE, SIDE, 3);
      new HostValues(image.rows()).put(pixels);
      return new HostValues(model.forward(image, false).rows()).toFloats();
    }
  }

  private static BatchNorm.Options norm() {
    return new BatchNorm.Options(true, true, 0.1);
  }
}
