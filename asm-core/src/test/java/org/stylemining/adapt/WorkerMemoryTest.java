package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.Size;

class WorkerMemoryTest {
  private static final double MIB = 1 << 20;

  /** Arrays after two iterations of {@code bin/asm bench step}, in MiB: docs/resources.md. */
  @ParameterizedTest
  @CsvSource({
    "resnet101, vgg19, 128, 64, 1, 786",
    "resnet101, vgg19, 256, 128, 1, 1282",
    "resnet101, vgg19, 512, 256, 1, 3240",
    "resnet101, vgg19, 256, 128, 2, 1970",
    "resnet50, vgg19, 256, 128, 1, 841",
    "resnet50, vgg19, 512, 256, 1, 2168",
    "resnet18, vgg19, 256, 128, 1, 447",
    "resnet18, vgg19, 512, 256, 1, 1143",
    "resnet18, squeezenet, 256, 128, 1, 358",
    "resnet18, squeezenet, 512, 256, 1, 974",
    "resnet18, trained, 256, 128, 1, 294",
    "resnet18, trained, 512, 256, 1, 725"
  })
  void isAboveWhatWasMeasuredButNotByMuch(
      String backbone, String encoder, int width, int height, int batch, double measured) {
    AsmConfig config =
        config(
            "model.backbone=" + backbone,
            "style.encoder=" + encoder,
            "training.batch=" + batch,
            "data.crop={width=%d,height=%d}".formatted(width, height));

    // The benchmark has no driver, so nothing travels in it.
    assertThat(WorkerMemory.training(config).withoutCarried() / MIB)
        .isBetween(measured, 1.2 * measured);
  }

  @ParameterizedTest
  @CsvSource({"resnet101, 512, 256, 570", "resnet101, 1024, 512, 1192", "resnet18, 512, 256, 244"})
  void labellingNeedsLess(String backbone, int width, int height, double measured) {
    AsmConfig config = config("model.backbone=" + backbone);

    assertThat(WorkerMemory.inference(config, new Size(width, height), 1).arrays() / MIB)
        .isBetween(measured, 1.5 * measured);
  }

  /** The same of {@code pretrain}'s parts. */
  @ParameterizedTest
  @CsvSource({
    "vgg19, 128, 2, 375",
    "vgg19, 128, 8, 1013",
    "squeezenet, 128, 2, 205",
    "squeezenet, 128, 8, 586",
    "trained, 128, 2, 136",
    "trained, 128, 8, 357"
  })
  void trainingOfTheDecoderIsEstimatedToo(String encoder, int crop, int batch, double measured) {
    WorkerMemory.Pretraining parts =
        WorkerMemory.Pretraining.of(
            config(
                "style.encoder=" + encoder,
                "style.pretrain.crop=" + crop,
                "style.pretrain.batch=" + batch));

    assertThat(parts.decoder().withoutCarried() / MIB).isBetween(measured, 1.2 * measured);
  }

  @ParameterizedTest
  @CsvSource({"vgg19, 128, 828", "squeezenet, 128, 132", "trained, 128, 109"})
  void theStyleBankIsEstimatedToo(String encoder, int crop, double measured) {
    WorkerMemory.Pretraining parts =
        WorkerMemory.Pretraining.of(
            config("style.encoder=" + encoder, "style.pretrain.crop=" + crop));

    assertThat(parts.bank().arrays() / MIB).isBetween(measured, 1.2 * measured);
  }

  @ParameterizedTest
  @CsvSource({"128, 2, 63", "128, 8, 246"})
  void trainingOfTheSmallEncoderIsEstimatedToo(int crop, int batch, double measured) {
    WorkerMemory.Pretraining parts =
        WorkerMemory.Pretraining.of(
            config(
                "style.encoder=trained",
                "style.pretrain.crop=" + crop,
                "style.pretrain.encoder-training.batch=" + batch));

    assertThat(parts.encoder().withoutCarried() / MIB).isBetween(measured, 1.2 * measured);
  }

  @Test
  void pretrainingNeedsWhatItsLargestPhaseNeeds() {
    long trained =
        WorkerMemory.pretraining(config("style.encoder=trained", "style.pretrain.batch=1"))
            .arrays();

    assertThat(
            WorkerMemory.pretraining(
                    config(
                        "style.encoder=trained",
                        "style.pretrain.batch=1",
                        "style.pretrain.encoder-training.batch=64"))
                .arrays())
        .as("the encoder's training")
        .isGreaterThan(trained);
    assertThat(WorkerMemory.pretraining(config("style.pretrain.crop=512")).arrays())
        .isGreaterThan(3 * WorkerMemory.pretraining(config()).arrays());
    assertThat(WorkerMemory.pretraining(config("style.pretrain.batch=16")).arrays())
        .isGreaterThan(WorkerMemory.pretraining(config()).arrays());
  }

  @Test
  void growsWithWhatIsAskedFor() {
    long small = WorkerMemory.training(config()).arrays();

    assertThat(WorkerMemory.training(config("training.batch=2")).arrays()).isGreaterThan(small);
    assertThat(WorkerMemory.training(config("training.optimizer=adam")).arrays())
        .isGreaterThan(small);
    assertThat(WorkerMemory.training(config("model.attention=true")).arrays()).isGreaterThan(small);
    assertThat(WorkerMemory.training(config("training.method=source-only")).arrays())
        .isLessThan(small);
    assertThat(WorkerMemory.training(config("mining.batch=stylised")).arrays()).isLessThan(small);
    assertThat(WorkerMemory.training(config("model.width=0.5")).arrays()).isLessThan(small);
  }

  @Test
  void saysWhatItIsMadeOf() {
    assertThat(WorkerMemory.training(config()).toString())
        .matches(
            "\\d+\\.\\d GiB: network \\d+ MiB, activations \\d\\.\\d GiB, generator \\d\\.\\d GiB");
    assertThat(WorkerMemory.training(config("training.method=source-only")).toString())
        .doesNotContain("generator");
  }

  private static AsmConfig config(String... values) {
    return ConfigReader.parse("include \"reference.conf\"", "test.conf", List.of(values));
  }
}
