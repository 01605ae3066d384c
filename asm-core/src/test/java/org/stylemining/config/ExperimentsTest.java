package org.stylemining.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The experiments of the conf folder. */
final class ExperimentsTest {
  private static final Path FOLDER = Path.of("../conf");
  private static final Map<String, String> ROOTS =
      Map.of(
          "MNIST_ROOT", "/data/mnist",
          "USPS_ROOT", "/data/usps",
          "SVHN_ROOT", "/data/svhn",
          "GTA5_ROOT", "/data/gta5",
          "SYNTHIA_ROOT", "/data/synthia",
          "CITYSCAPES_ROOT", "hdfs://name/cityscapes",
          "ASM_CAMVID", "/data/camvid",
          "ASM_DEMO_DATA", "/tmp/demo");

  private static AsmConfig read(Path file, Map<String, String> environment) {
    return ConfigReader.read(file.toString(), List.of(), new Configuration(), environment);
  }

  private static AsmConfig read(String name) {
    return read(FOLDER.resolve(name + ".conf"), ROOTS);
  }

  static List<Path> experiments() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".conf"))
          .filter(file -> !file.endsWith("reference.conf"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void asksForItsDataByVariable(Path experiment) {
    AsmConfig config = read(experiment, Map.of());

    assertThatThrownBy(config::requireSources)
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(experiment.toString())
        .hasMessageMatching(
            "(?s).*data.sources\\[0].root is not set \\("
                + experiment
                + ": \\d+\\): expected .*; set the environment variable [A-Z0-9_]+, or the key"
                + " itself.*");
    assertThatThrownBy(config::requireTarget).hasMessageContaining("environment variable");
    assertThatThrownBy(config::requireEvaluation).hasMessageContaining("environment variable");
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void isCompleteWhereItsVariablesAreSet(Path experiment) {
    AsmConfig config = read(experiment, ROOTS);

    assertThat(config.requireSources()).isNotEmpty();
    assertThat(config.requireTarget().root()).isPresent();
    assertThat(config.requireEvaluation().type()).contains(config.data().target().type());
    assertThat(ConfigReader.parse(config.render(), "again", List.of())).isEqualTo(config);
  }

  @Test
  void bothSourcesAreDrawnInProportionToTheirSizes() {
    assertThat(read("gta5-synthia-to-cityscapes").requireSources())
        .extracting(SourceSet::type, SourceSet::root, SourceSet::weight)
        .containsExactly(
            tuple("gta5", "/data/gta5", 24966.0), tuple("synthia", "/data/synthia", 9400.0));
  }

  @Test
  void synthiaIsScoredOnItsThirteenClasses() {
    AsmConfig config = read("synthia-to-cityscapes");

    assertThat(config.evaluate().classes().set()).isEqualTo(ClassSet.SYNTHIA13);
    assertThat(config.requireSources()).extracting(SourceSet::type).containsExactly("synthia");
    assertThat(config.training().updates()).isEqualTo(100_000);
  }

  @Test
  void digitsHaveThePapersSettings() {
    for (String name : List.of("mnist-to-svhn", "usps-to-svhn", "mnist-to-usps")) {
      AsmConfig config = read(name);

      assertThat(config.model().network()).isEqualTo(TaskNetwork.RESNET18);
      assertThat(config.data().labels()).isEqualTo(LabelSpaceName.DIGITS10);
      assertThat(config.data().resize()).isEqualTo(new Size(64, 64));
      assertThat(config.data().mirror()).isFalse();
      assertThat(config.mining().depth()).isEqualTo(5);
      assertThat(config.training().batch()).isEqualTo(64);
      assertThat(config.training().updates()).isEqualTo(30_000);
      assertThat(config.training().warmUp()).isEqualTo(600);
      assertThat(config.training().schedule()).isEqualTo(ScheduleKind.STEP);
      assertThat(config.training().steps()).containsExactly(10_000, 20_000);
      assertThat(config.training().weightDecay()).isEqualTo(5e-4);
      assertThat(config.requireSources())
          .extracting(SourceSet::limit)
          .containsExactly(name.equals("mnist-to-usps") ? 2000 : 0);
    }
    assertThat(read("usps-to-svhn").requireTarget().root()).contains("/data/svhn");
    assertThat(read("usps-to-mnist").requireTarget().root()).contains("/data/mnist");
  }

  @Test
  void aTargetThatIsNotSetIsNotTheOneOfTheIncludedExperiment() {
    Map<String, String> svhnAlone = Map.of("SVHN_ROOT", "/data/svhn", "MNIST_ROOT", "/data/mnist");
    AsmConfig config = read(FOLDER.resolve("mnist-to-usps.conf"), svhnAlone);

    assertThat(config.data().target().type()).isEqualTo("usps");
    assertThatThrownBy(config::requireTarget)
        .hasMessageContaining("set the environment variable USPS_ROOT,");
    assertThatThrownBy(config::requireEvaluation)
        .hasMessageContaining("set the environment variable USPS_ROOT,");
  }

  @Test
  void camvidAdaptsToOneDuskImage() {
    AsmConfig config = read("camvid-day-to-dusk");

    assertThat(config.requireSources())
        .extracting(SourceSet::root)
        .containsExactly("/data/camvid/day");
    assertThat(config.requireTarget().root()).contains("/data/camvid/dusk");
    assertThat(config.data().target().anchors()).containsExactly("0001TP_006690.png");
    assertThat(config.data().labels()).isEqualTo(LabelSpaceName.CAMVID11);
  }
}
