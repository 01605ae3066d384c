package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stylemining.config.Backbone;
import org.stylemining.config.UserMistake;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.PyTorch;
import org.stylemining.weights.Safetensors;

/** Published segmentation networks, at reduced widths. */
class SegmentorImportTest {
  private static final String PARAMETERS = "(conv1|bn1|layer\\d|PAM)[.].*";
  private static final SegmentorImport.Options AS_FOUND = options(OptionalInt.empty(), false);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "deeplab-resnet18-tiny, RESNET18, 0.0625, false",
    "deeplab-resnet50-tiny, RESNET50, 0.03125, false",
    "deeplab-resnet101-tiny, RESNET101, 0.03125, false",
    "deeplab-resnet18-attention-tiny, RESNET18, 0.03125, true"
  })
  void theNetworkIsToldFromNamesAndShapes(
      String name, Backbone backbone, double width, boolean attention) throws IOException {
    Map<String, NamedTensor> found = WeightFiles.fixture(name, PARAMETERS);

    SegmentorImport imported = SegmentorImport.of("a.pth", found, AS_FOUND);

    assertThat(imported.layout()).isEqualTo(new SegmentorLayout(backbone, width, 5, 4, attention));
    assertThat(imported.tensors()).containsExactlyInAnyOrderElementsOf(found.values());
    assertThat(imported.fresh()).isEmpty();
    assertThat(imported.report().lines()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"module.", "Scale.", "module.Scale."})
  void prefixesOfWrappersAndCountersGo(String prefix) throws IOException {
    Map<String, NamedTensor> found = WeightFiles.fixture("deeplab-resnet18-tiny", PARAMETERS);
    List<NamedTensor> wrapped = new ArrayList<>(WeightFiles.renamed(found, "", prefix));
    wrapped.add(WeightFiles.tensor(prefix + "bn1.num_batches_tracked"));
    wrapped.add(WeightFiles.tensor(prefix + "layer1.0.bn1.num_batches_tracked"));

    SegmentorImport imported = SegmentorImport.of("a.pth", byName(wrapped), AS_FOUND);

    assertThat(imported.tensors()).containsExactlyInAnyOrderElementsOf(found.values());
    assertThat(imported.report().lines())
        .contains("left out  2 counters num_batches_tracked, which nothing here reads");
  }

  @Test
  void aClassifierOfAnotherClassCountStartsFreshFromTheSeed() throws IOException {
    Map<String, NamedTensor> found = WeightFiles.fixture("deeplab-resnet18-tiny", PARAMETERS);
    SegmentorImport.Options seven = options(OptionalInt.of(7), false);

    SegmentorImport imported = SegmentorImport.of("init.pth", found, seven);

    assertThat(imported.layout().classes()).isEqualTo(7);
    assertThat(imported.fresh()).hasSize(8).allMatch(n -> n.startsWith("layer5.conv2d_list."));
    NamedTensor classifier = byName(imported.tensors()).get("layer5.conv2d_list.0.weight");
    assertThat(classifier.shape()).containsExactly(7, 32, 3, 3);
    assertThat(classifier.data()).isNotEqualTo(new float[classifier.data().length]);
    assertThat(imported.report().lines())
        .contains(
            "left out  layer5, a classifier of 5 classes with 4 branches, where 7 with 4 are asked for",
            "fresh     layer5 (8 tensors), drawn with seed 1, not trained yet");
    assertThat(SegmentorImport.of("init.pth", found, seven).tensors())
        .as("again")
        .isEqualTo(imported.tensors());
    assertThat(SegmentorImport.of("init.pth", found, options(OptionalInt.of(5), false)).fresh())
        .as("as many as it has")
        .isEmpty();
  }

  @Test
  void attentionIsAddedWhereItIsAskedFor() throws IOException {
    Map<String, NamedTensor> found = WeightFiles.fixture("deeplab-resnet18-tiny", PARAMETERS);

    SegmentorImport imported =
        SegmentorImport.of("a.pth", found, options(OptionalInt.empty(), true));

    assertThat(imported.layout().attention()).isTrue();
    assertThat(imported.fresh()).hasSize(7).allMatch(n -> n.startsWith("PAM."));
  }

  @Test
  void otherHeadsAreLeftOutButNothingInsideTheNetwork() throws IOException {
    Map<String, NamedTensor> found = WeightFiles.fixture("deeplab-resnet18-tiny", PARAMETERS);
    found.put("fc.weight", WeightFiles.tensor("fc.weight", 10, 32));

    assertThat(SegmentorImport.of("a.pth", found, AS_FOUND).report().leftOut())
        .containsExactly("fc (1 tensors, fc.weight[10, 32] ...), no part of the network");

    found.put("layer1.0.se.weight", WeightFiles.tensor("layer1.0.se.weight", 2, 2));
    refused(found, AS_FOUND, "layer1.0.se.weight[2, 2] is not in the network");
  }

  @Test
  void whatDoesNotFitIsNamedWithTheFileTheTensorAndItsShapes() throws IOException {
    Map<String, NamedTensor> found = WeightFiles.fixture("deeplab-resnet50-tiny", PARAMETERS);
    found.put("layer2.1.conv2.weight", WeightFiles.tensor("layer2.1.conv2.weight", 4, 4, 1, 1));
    found.remove("layer3.2.bn2.running_var");

    refused(found, AS_FOUND, "layer2.1.conv2.weight should be [4, 4, 3, 3], found [4, 4, 1, 1]");
    refused(found, AS_FOUND, "layer3.2.bn2.running_var[8] is missing");

    found.keySet().removeIf(name -> name.startsWith("layer4.2."));
    refused(found, AS_FOUND, "found bottlenecks [3, 4, 6, 2]");
    found.keySet().removeIf(name -> name.startsWith("layer5."));
    Map<String, NamedTensor> headless = WeightFiles.fixture("deeplab-resnet50-tiny", PARAMETERS);
    headless.keySet().removeIf(name -> name.startsWith("layer5."));
    refused(headless, AS_FOUND, "has no classifier; expected --classes");
    refused(Map.of("a.b", WeightFiles.tensor("a.b", 1)), AS_FOUND, "found [a.b[1]]");
  }

  @Test
  void widthsThatRoundAreFound() {
    assertThat(WidthFactor.of(Map.of(64, 19L, 128, 38L, 256, 77L, 512, 154L))).hasValue(0.3);
    assertThat(WidthFactor.of(Map.of(64, 2L, 512, 16L))).hasValue(1.0 / 32);
    assertThat(WidthFactor.of(Map.of(64, 64L, 512, 512L))).hasValue(1);
    assertThat(WidthFactor.of(Map.of(64, 64L, 512, 256L))).isEmpty();
    assertThat(WidthFactor.of(Map.of(64, 128L, 512, 1024L))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "deeplab-resnet18-tiny, resnet18, 0.0625, false",
    "deeplab-resnet50-tiny, resnet50, 0.03125, false",
    "deeplab-resnet18-attention-tiny, resnet18, 0.03125, true"
  })
  void theOfficialNetworkLoadsWhatIsWritten(
      String name, String backbone, double width, boolean attention) throws Exception {
    PyTorch.assumePresent();
    Map<String, NamedTensor> found = WeightFiles.fixture(name, PARAMETERS);
    SegmentorImport imported = SegmentorImport.of("a.pth", found, AS_FOUND);
    WeightFiles.torch(folder.resolve("a.pth"), imported.tensors());
    Path expected = folder.resolve("expected.safetensors");
    Safetensors.write(
        new org.apache.hadoop.fs.Path(expected.toString()),
        new Configuration(),
        found.values(),
        Map.of());

    assertThat(
            PyTorch.run(
                "load_exported.py",
                "segmentor",
                folder.resolve("a.pth"),
                expected,
                backbone,
                width,
                5,
                4,
                attention))
        .endsWith("equal\n");
  }

  private static void refused(
      Map<String, NamedTensor> found, SegmentorImport.Options options, String because) {
    assertThatThrownBy(() -> SegmentorImport.of("in/a.pth", found, options))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("in/a.pth")
        .hasMessageContaining(because);
  }

  private static SegmentorImport.Options options(OptionalInt classes, boolean attention) {
    return new SegmentorImport.Options(classes, OptionalInt.empty(), attention, 1);
  }

  private static Map<String, NamedTensor> byName(List<NamedTensor> tensors) {
    return tensors.stream().collect(Collectors.toMap(NamedTensor::name, Function.identity()));
  }
}
