package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.adapt.ParameterTensors;
import org.stylemining.adapt.RainExport;
import org.stylemining.adapt.RainFolder;
import org.stylemining.config.Backbone;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.Rain;
import org.stylemining.task.Architecture;
import org.stylemining.task.DeepLabV2;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.TorchCheckpoint;
import org.stylemining.weights.TorchCheckpointWriter;
import org.stylemining.weights.WeightsFile;

/** Published weights come in, are used, and go out again. */
class ImportExportTest {
  private static final Configuration HADOOP = new Configuration();

  @RegisterExtension static final LocalSpark SPARK = new LocalSpark(1);

  @TempDir static Path shared;
  private static Path conf;
  private static List<NamedTensor> network;

  @TempDir Path folder;

  @BeforeAll
  static void weightsAndImages() throws IOException {
    Answer.drawScenes(shared.resolve("data"), 1, 4, 64, 32);
    conf =
        Files.writeString(
            shared.resolve("small.conf"),
            """
            include "reference.conf"
            data {
              evaluation { type = cityscapes, root = "%1$s/data/cityscapes", split = val }
              resize { width = 64, height = 32 }
            }
            model { backbone = resnet18, width = 0.125, rates = [1, 2] }
            style.rain = "%1$s/rain"
            evaluate.samples = 0
            """
                .formatted(shared));
    network = segmentor(19);
    torch(shared.resolve("GTA5_60000.pth"), prefixed("module.", network));
    generator();
  }

  @Test
  void anImportedSegmentorIsScoredAndExportedAsItCame() throws IOException {
    Answer imported =
        Answer.to("import", "--kind", "segmentor", in("GTA5_60000.pth"), "--out", at("net"));
    assertThat(imported.err()).isEmpty();
    assertThat(imported.status()).isZero();
    assertThat(imported.out())
        .contains("DeepLab-v2 on a resnet18 of width 0.125, 19 classes, 2 parallel classifiers")
        .contains("for evaluate --checkpoint and model.initial-weights");

    Answer scored =
        Answer.to("evaluate", conf.toString(), "--checkpoint", at("net"), "--out", at("scores"));
    assertThat(scored.status()).as(scored.err()).isZero();
    assertThat(folder.resolve("scores/scores.json")).isRegularFile();
    assertThat(scored.out()).doesNotContain("never trained");

    for (String format : List.of("torch", "safetensors")) {
      Path file = folder.resolve("out." + (format.equals("torch") ? "pth" : format));
      Answer exported =
          Answer.to(
              "export", "--checkpoint", at("net"), "--format", format, "--out", file.toString());
      assertThat(exported.status()).as(exported.err()).isZero();
      assertThat(WeightsFile.read(path(file), HADOOP).values())
          .containsExactlyInAnyOrderElementsOf(network);
      assertThat(siblings(file)).doesNotContain("." + file.getFileName() + ".crc");
    }
  }

  @Test
  void aNetworkOfOtherClassesIsRefusedByEvaluateWithAWayOut() throws IOException {
    torch(folder.resolve("init.pth"), prefixed("Scale.", segmentor(21)));
    assertThat(
            Answer.to("import", "--kind", "segmentor", at("init.pth"), "--out", at("net")).status())
        .isZero();

    Answer refused =
        Answer.to(
            "evaluate",
            conf.toString(),
            "model.attention=true",
            "--checkpoint",
            at("net"),
            "--out",
            at("scores"));
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .contains("data.labels = cityscapes19 has 19 classes, but its classifier has 21")
        .contains("import --classes 19")
        .contains("model.attention = true, but it has no attention block");

    Answer again =
        Answer.to(
            "import",
            "--kind",
            "segmentor",
            at("init.pth"),
            "--classes",
            "19",
            "--force",
            "--out",
            at("net"));
    assertThat(again.out())
        .contains("left out  layer5, a classifier of 21 classes")
        .contains("fresh     layer5 (4 tensors), drawn with seed 1")
        .contains(": for model.initial-weights, with");
    Answer scored =
        Answer.to("evaluate", conf.toString(), "--checkpoint", at("net"), "--out", at("scores"));
    assertThat(scored.status()).as(scored.err()).isZero();
    assertThat(scored.out()).contains("drawn on import and never trained: layer5");
  }

  @Test
  void aPlaceThatIsTakenIsNotWrittenOver() throws IOException {
    String[] again = {
      "import", "--kind", "segmentor", in("GTA5_60000.pth"), "--out", at("net"), "--force"
    };
    assertThat(Answer.to(again).status()).isZero();
    Answer taken = Answer.to(Arrays.copyOf(again, 6));
    assertThat(taken.status()).isEqualTo(2);
    assertThat(taken.err()).contains("--out " + at("net")).contains("add --force");
    assertThat(Answer.to(again).status()).as("with --force").isZero();
    assertThat(siblings(folder.resolve("net"))).containsExactly("net");

    Files.createDirectories(folder.resolve("run/checkpoints"));
    again[5] = at("run");
    Answer other = Answer.to(again);
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains("is there already and not an imported checkpoint");
  }

  @Test
  void anImportedGeneratorStylisesTheSameTwice() throws IOException {
    byte[] first = stylised("once");
    byte[] second = stylised("twice");
    assertThat(first).isEqualTo(second).isNotEmpty();
  }

  private byte[] stylised(String name) throws IOException {
    List<String> command = new ArrayList<>(List.of("import", "--kind", "rain"));
    for (String part : List.of("fc_decoder", "encoder", "fc_encoder", "decoder")) {
      command.add(in(part + ".pth"));
    }
    command.addAll(List.of("--out", at("rain-" + name)));
    Answer imported = Answer.to(command.toArray(String[]::new));
    assertThat(imported.status()).as(imported.err()).isZero();
    assertThat(imported.out()).contains("RAIN on vgg19 of width 0.0625, codes of 8");
    Answer answer =
        Answer.to(
            "stylize",
            conf.toString(),
            "style.rain=" + at("rain-" + name),
            "--content",
            image("gta5/images"),
            "--target",
            image("synthia/RGB"),
            "--sampling",
            "mean",
            "--out",
            at(name));
    assertThat(answer.status()).as(answer.err()).isZero();
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return Files.readAllBytes(
          files.filter(f -> f.toString().endsWith("-mean.png")).findFirst().orElseThrow());
    }
  }

  @Test
  void anImportedGeneratorIsReplacedByForceButOneThatWasTrainedIsNot() throws IOException {
    String[] again = {
      "import",
      "--kind",
      "rain",
      in("encoder.pth"),
      in("decoder.pth"),
      in("fc_encoder.pth"),
      in("fc_decoder.pth"),
      "--force",
      "--out",
      at("generator")
    };
    assertThat(Answer.to(again).status()).isZero();
    assertThat(Answer.to(again).status()).as("with --force").isZero();
    assertThat(Answer.to("show", at("generator")).out())
        .contains(
            "generator     file:" + at("generator"),
            "made by       asm import --kind rain " + in("encoder.pth"),
            "weights       imported in file:" + in("fc_decoder.pth"));
    Files.writeString(folder.resolve("generator/config.conf"), "seed = 1");

    Answer trained = Answer.to(again);
    assertThat(trained.status()).isEqualTo(2);
    assertThat(trained.err()).contains("not a generator that was imported");
    assertThat(folder.resolve("generator/config.conf")).hasContent("seed = 1");
  }

  @Test
  void aGeneratorIsExportedUnderTheOfficialNames() throws IOException {
    Answer exported =
        Answer.to("export", "--rain", in("rain"), "--format", "torch", "--out", at("official"));
    assertThat(exported.status()).as(exported.err()).isZero();
    assertThat(exported.out()).contains("decoder.pth: 18 tensors");
    for (String part : List.of("encoder", "decoder", "fc_encoder", "fc_decoder")) {
      assertThat(folder.resolve("official/" + part + ".pth"))
          .hasSameBinaryContentAs(shared.resolve(part + ".pth"));
    }
    assertThat(TorchCheckpoint.read(path(folder.resolve("official/fc_encoder.pth")), HADOOP))
        .containsOnlyKeys("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias");
    Answer other =
        Answer.to(
            "export", "--rain", in("rain"), "--format", "safetensors", "--out", at("official2"));
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains("--format safetensors");
  }

  @Test
  void mistakesAreToldWithoutATrace() throws IOException {
    Files.writeString(folder.resolve("text.pth"), "text");
    for (List<String> wrong :
        List.of(
            List.of("import", "--kind", "segmentor", at("text.pth"), "--out", at("x")),
            List.of("import", "--kind", "segmentor", at("none.pth"), "--out", at("x")),
            List.of("import", "--kind", "rain", in("decoder.pth"), "--out", at("x")),
            List.of("import", "--kind", "rain", in("decoder.pth"), "--seed", "1", "--out", at("x")),
            List.of("import", "--kind", "backbone", at("model.json"), "--out", at("x")),
            List.of("import", "--kind", "segmentor", in("rain/rain.safetensors"), "--out", at("x")),
            List.of("export", "--checkpoint", at("none"), "--format", "torch", "--out", at("x")),
            List.of("export", "--format", "torch", "--out", at("x")))) {
      Answer answer = Answer.to(wrong.toArray(String[]::new));
      assertThat(answer.status()).as(wrong.toString()).isEqualTo(2);
      assertThat(answer.err()).as(wrong.toString()).doesNotContain("\tat ").isNotBlank();
      assertThat(folder.resolve("x")).doesNotExist();
    }
  }

  @Test
  void whatWasDrawnIsRememberedInTheCheckpoint() throws IOException {
    assertThat(
            Answer.to(
                    "import",
                    "--kind",
                    "segmentor",
                    in("GTA5_60000.pth"),
                    "--out",
                    at("net"),
                    "--attention")
                .status())
        .isZero();
    assertThat(Checkpoint.read(path(folder.resolve("net")), HADOOP).fresh()).isEqualTo("PAM");
  }

  @Test
  void trainingStartsFromAnImportWhereItFits() throws IOException {
    assertThat(
            Answer.to("import", "--kind", "segmentor", in("GTA5_60000.pth"), "--out", at("net"))
                .status())
        .isZero();
    String[] train = {
      "train",
      conf.toString(),
      "data.sources=[{type=gta5,root=\"" + in("data/gta5") + "\"}]",
      "data.crop={width=64,height=32}",
      "training.method=source-only",
      "training.updates=1",
      "training.warm-up=0",
      "training.learning-rate=1e-12",
      "model.initial-weights=" + at("net"),
      "--out",
      at("run")
    };
    Answer trained = Answer.to(train);
    assertThat(trained.status()).as(trained.err()).isZero();
    Map<String, NamedTensor> model = Checkpoint.read(path(folder.resolve("run")), HADOOP).model();
    for (NamedTensor tensor : network) {
      if (!tensor.name().contains(".running_")) {
        assertThat(model.get(tensor.name()).data())
            .as(tensor.name())
            .containsExactly(tensor.data(), within(1e-6f));
      }
    }

    train[train.length - 1] = at("other");
    train[3] = "model.rates=[1]";
    Answer refused = Answer.to(train);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .contains("model.initial-weights = " + at("net"))
        .contains("model.rates = [1], 1 of them, but it has 2 parallel classifiers");
  }

  private static List<NamedTensor> segmentor(int classes) {
    Architecture architecture =
        new Architecture(
            Backbone.RESNET18,
            0.125,
            classes,
            List.of(1, 2),
            false,
            new BatchNorm.Options(false, false, 0));
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        DeepLabV2 model = new DeepLabV2(architecture, buffers, false)) {
      model.parameters().initialise(5);
      return ParameterTensors.of(model.parameters());
    }
  }

  private static void generator() throws IOException {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Rain rain =
            new Rain(new Rain.Architecture(EncoderKind.VGG19, 1.0 / 16, 8, 24), buffers, false)) {
      rain.encoderParameters().initialise(6);
      rain.parameters().initialise(7);
      RainFolder made = RainFolder.of(rain);
      made.write(path(shared.resolve("rain")), HADOOP);
      for (Map.Entry<String, List<NamedTensor>> part : RainExport.parts(made, "rain").entrySet()) {
        torch(shared.resolve(part.getKey() + ".pth"), part.getValue());
      }
    }
  }

  private static List<NamedTensor> prefixed(String prefix, List<NamedTensor> tensors) {
    return tensors.stream().map(t -> t.named(prefix + t.name())).toList();
  }

  private static void torch(Path file, List<NamedTensor> tensors) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      TorchCheckpointWriter.write(out, tensors);
    }
  }

  private static List<String> siblings(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place.getParent())) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.contains("net") || n.contains("out"))
          .toList();
    }
  }

  private static String image(String set) throws IOException {
    try (Stream<Path> files = Files.list(shared.resolve("data/" + set))) {
      return files.filter(f -> f.toString().endsWith(".png")).findFirst().orElseThrow().toString();
    }
  }

  private static org.apache.hadoop.fs.Path path(Path local) {
    return new org.apache.hadoop.fs.Path(local.toString());
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private static String in(String name) {
    return shared.resolve(name).toString();
  }
}
