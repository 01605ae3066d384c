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
