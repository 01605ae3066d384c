package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.UserMistake;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Fixture;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.Rain;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.PyTorch;
import org.stylemining.weights.Safetensors;

/** The official generator's files in and out, on a generator at 1/16 of the official width. */
class RainImportTest {
  private static final Configuration HADOOP = new Configuration();
  private static final List<String> PARTS =
      List.of("encoder", "decoder", "fc_encoder", "fc_decoder");

  @TempDir Path folder;
  private Map<String, NamedTensor> official;

  @BeforeEach
  void fixture() throws IOException {
    official = WeightFiles.fixture("rain-tiny", "(encoder|decoder|fc_encoder|fc_decoder)[.].*");
  }

  @Test
  void fourFilesAreToldApartByTheirTensorsInAnyOrder() throws IOException {
    for (int seed = 0; seed < 6; seed++) {
      List<org.apache.hadoop.fs.Path> files = files();
      Collections.shuffle(files, new Random(seed));

      RainImport imported = RainImport.read(files, HADOOP);

      assertThat(imported.rain().architecture())
          .isEqualTo(new Rain.Architecture(EncoderKind.VGG19, 1.0 / 16, 8, 24));
      assertThat(imported.rain().tensors()).containsAllEntriesOf(official);
      assertThat(imported.report().leftOut()).isEmpty();
    }
  }

  @Test
  void whatTheOfficialNetworkComputesIsComputed() throws IOException {
    RainImport imported = RainImport.read(files(), HADOOP);
    Fixture fixture = new Fixture("rain-tiny");
    try (Buffers buffers = new Buffers(DataType.DOUBLE);
        Rain rain = imported.rain().create(buffers, false, "imported")) {
      INDArray decoded = rain.vae().decode(fixture.array("eps"), false);
      fixture.assertClose(decoded, "decoded_style", 1e-5);
      fixture.assertClose(
          rain.decode(rain.content(fixture.map("content", buffers)).apply(decoded), 40, 48, false),
          "g",
          1e-5);
    }
    assertThat(imported.report().fresh()).singleElement().asString().contains("style_mean = 0");
  }

  @Test
  void layersBehindRelu41AreLeftOutAndCounted() throws IOException {
    List<NamedTensor> vgg = new ArrayList<>(WeightFiles.renamed(official, "encoder.", "module."));
    vgg.add(WeightFiles.tensor("module.32.weight", 32, 32, 3, 3));
    vgg.add(WeightFiles.tensor("module.32.bias", 32));
    List<org.apache.hadoop.fs.Path> files = files();
    files.set(0, WeightFiles.torch(folder.resolve("encoder.pth"), vgg));

    RainImport imported = RainImport.read(files, HADOOP);

    assertThat(imported.rain().tensors())
        .containsAllEntriesOf(official)
        .doesNotContainKey("encoder.32.weight");
    assertThat(imported.report().lines())
        .contains(
            "left out  2 tensors of the encoder behind relu4_1 (encoder.32.weight[32, 32, 3, 3] ...)");
  }

  @Test
  void oneSafetensorsFileHoldsAll() throws IOException {
    RainFolder trained = RainImport.read(files(), HADOOP).rain();
    org.apache.hadoop.fs.Path own = new org.apache.hadoop.fs.Path(folder.resolve("own").toString());
    trained.write(own, HADOOP);
    org.apache.hadoop.fs.Path bare = path("all.safetensors");
    Safetensors.write(bare, HADOOP, official.values(), Map.of());

    RainImport again =
        RainImport.read(List.of(new org.apache.hadoop.fs.Path(own, RainFolder.FILE)), HADOOP);
    assertThat(again.rain()).isEqualTo(trained);
    assertThat(again.report().fresh()).isEmpty();
    assertThat(RainImport.read(List.of(bare), HADOOP).rain()).isEqualTo(trained);
  }

  @Test
  void aPartThatIsMissingTwiceThereOrNoneIsNamed() throws IOException {
    List<org.apache.hadoop.fs.Path> files = files();
    refused(files.subList(0, 3), "fc_encoder [styles -> psi and xi] and fc_decoder");
    refused(files.subList(0, 2), "missing: fc_encoder, fc_decoder");
    refused(List.of(files.get(0), files.get(0)), "expected one encoder, both are one");
    files.add(WeightFiles.torch(folder.resolve("x.pth"), List.of(WeightFiles.tensor("a.b", 2, 3))));
    refused(files, "x.pth: expected a part of RAIN (VGG-19, decoder, fc_encoder or fc_decoder)");
  }

  @Test
  void aTensorOfAnotherShapeOrAMissingOneIsNamedWithItsShapes() throws IOException {
    List<NamedTensor> decoder = new ArrayList<>(WeightFiles.renamed(official, "decoder.", ""));
    decoder.replaceAll(
        t -> t.name().equals("5.weight") ? WeightFiles.tensor("5.weight", 16, 16, 1, 1) : t);
    decoder.removeIf(t -> t.name().equals("8.bias"));
    List<org.apache.hadoop.fs.Path> files = files();
    files.set(1, WeightFiles.torch(folder.resolve("decoder.pth"), decoder));

    refused(files, "decoder.5.weight should be [16, 16, 3, 3], found [16, 16, 1, 1]");
    refused(files, "decoder.8.bias[16] is missing");
    refused(files, "decoder.pth");
  }

  @Test
  void exportedFilesAreImportedAsTheyWere() throws IOException {
    RainFolder rain = RainImport.read(files(), HADOOP).rain();
    List<org.apache.hadoop.fs.Path> exported = new ArrayList<>();
    for (Map.Entry<String, List<NamedTensor>> part : RainExport.parts(rain, "rain").entrySet()) {
      exported.add(WeightFiles.torch(folder.resolve("e-" + part.getKey()), part.getValue()));
    }
    exported.replaceAll(
        p -> {
          java.io.File file = new java.io.File(p.toString());
          java.io.File named = new java.io.File(p + ".pth");
          assertThat(file.renameTo(named)).isTrue();
          return new org.apache.hadoop.fs.Path(named.toString());
        });

    assertThat(RainImport.read(exported, HADOOP).rain()).isEqualTo(rain);
  }

  @Test
  void standardisationGoesIntoTheExportedLayers() throws IOException {
    RainFolder plain = RainImport.read(files(), HADOOP).rain();
    Random random = new Random(1);
    try (Buffers buffers = new Buffers(DataType.DOUBLE);
        Rain standardised = plain.create(buffers, false, "plain")) {
      int size = standardised.vae().size();
      INDArray mean = Nd4j.create(DataType.DOUBLE, size);
      INDArray deviation = Nd4j.create(DataType.DOUBLE, size);
      for (int i = 0; i < size; i++) {
        mean.putScalar(i, random.nextGaussian());
        deviation.putScalar(i, 0.2 + random.nextDouble());
      }
      standardised.vae().standardise(mean, deviation);
      List<org.apache.hadoop.fs.Path> exported = new ArrayList<>();
      for (Map.Entry<String, List<NamedTensor>> part :
          RainExport.parts(RainFolder.of(standardised), "rain").entrySet()) {
        exported.add(
            WeightFiles.torch(folder.resolve("s-" + part.getKey() + ".pth"), part.getValue()));
      }
      try (Rain official =
          RainImport.read(exported, HADOOP).rain().create(buffers, false, "exported")) {
        INDArray styles = new Fixture("rain-tiny").array("style_vector");
        Fixture.assertClose(
            official.vae().encode(styles, false).psi(),
            standardised.vae().encode(styles, false).psi(),
            "psi",
            1e-5);
        INDArray eps = new Fixture("rain-tiny").array("eps");
        Fixture.assertClose(
            official.vae().decode(eps, false),
            standardised.vae().decode(eps, false),
            "styles",
            1e-5);
      }
    }
  }

  @Test
  void theOfficialNetworksLoadWhatIsExported() throws Exception {
    PyTorch.assumePresent();
    RainFolder rain = RainImport.read(files(), HADOOP).rain();
    Path exported = java.nio.file.Files.createDirectory(folder.resolve("exported"));
    for (Map.Entry<String, List<NamedTensor>> part : RainExport.parts(rain, "rain").entrySet()) {
      WeightFiles.torch(exported.resolve(part.getKey() + ".pth"), part.getValue());
    }
    Safetensors.write(path("expected.safetensors"), HADOOP, official.values(), Map.of());

    assertThat(
            PyTorch.run(
                "load_exported.py", "rain", exported, folder.resolve("expected.safetensors")))
        .endsWith("equal\n");
  }

  @Test
  void aGeneratorOnAnotherEncoderIsNotExported() {
    RainFolder other =
        new RainFolder(new Rain.Architecture(EncoderKind.SQUEEZENET, 1, 8, 24), Map.of());
    assertThatThrownBy(() -> RainExport.parts(other, "runs/rain"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("runs/rain")
        .hasMessageContaining("squeezenet");
  }

  /** Each part in a file of another part's name. */
  private List<org.apache.hadoop.fs.Path> files() throws IOException {
    List<org.apache.hadoop.fs.Path> files = new ArrayList<>();
    for (int i = 0; i < PARTS.size(); i++) {
      files.add(
          WeightFiles.torch(
              folder.resolve("part-" + (char) ('d' - i) + ".pth"),
              WeightFiles.renamed(official, PARTS.get(i) + ".", "")));
    }
    return files;
  }

  private void refused(List<org.apache.hadoop.fs.Path> files, String because) {
    assertThatThrownBy(() -> RainImport.read(files, HADOOP))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(because);
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toString());
  }
}
