package org.stylemining.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.stylemining.config.ConfigurationText.parse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {
  @TempDir Path folder;

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  private AsmConfig readByName(String name) {
    return ConfigReader.read(
        name, List.of(), new Configuration(), Map.of("ASM_CONF_DIR", folder.toString()));
  }

  @Test
  void whatAFileLeavesOutComesFromTheReference() {
    AsmConfig config = parse("training.batch = 3");

    assertThat(config.training().batch()).isEqualTo(3);
    assertThat(config.training().updates()).isEqualTo(100_000);
    assertThat(config.style().encoder()).isEqualTo(Encoder.VGG19);
    assertThat(config.data().sources()).isEmpty();
    assertThat(config.model().rates()).containsExactly(6, 12, 18, 24);
    assertThat(config.model().initialWeights()).isEmpty();
  }

  @Test
  void argumentsWinOverTheFileAndTheLastOneOverAll() {
    AsmConfig config =
        parse(
            "include \"reference.conf\"\ntraining { batch = 3, updates = 7 }",
            "training.batch=4",
            "training.batch=5");

    assertThat(config.training().batch()).isEqualTo(5);
    assertThat(config.training().updates()).isEqualTo(7);
  }

  @Test
  void argumentsTakeUrisListsBlocksAndNullAsTheyAreTyped() {
    AsmConfig config =
        parse(
            "style.rain = rain",
            "data.target.root=hdfs://name:8020/city scapes",
            "data.target.anchors=[\"a.png\", b.png]",
            "data.sources=[{type=gta5, root=\"s3a://bucket/gta5\"}, {type=synthia, root=/s,"
                + " weight=2}]",
            "data.crop={width=32, height=16}",
            "evaluate.classes=[road, car]",
            "training.weight-decay=1e-3",
            "training.updates=1e3",
            "model.initial-weights=run=7",
            "style.rain=null");

    assertThat(config.data().target().root()).contains("hdfs://name:8020/city scapes");
    assertThat(config.data().target().anchors()).containsExactly("a.png", "b.png");
    assertThat(config.data().sources())
        .extracting(SourceSet::type, SourceSet::root, SourceSet::weight)
        .containsExactly(tuple("gta5", "s3a://bucket/gta5", 1.0), tuple("synthia", "/s", 2.0));
    assertThat(config.data().crop()).isEqualTo(new Size(32, 16));
    assertThat(config.evaluate().classes())
        .isEqualTo(new ClassSelection(ClassSet.LISTED, List.of("road", "car")));
    assertThat(config.training().weightDecay()).isEqualTo(1e-3);
    assertThat(config.training().updates()).isEqualTo(1000);
    assertThat(config.model().initialWeights()).contains("run=7");
    assertThat(config.style().rain()).isEmpty();
  }

  @Test
  void variablesOfTheEnvironmentAreSubstituted() {
    AsmConfig config =
        parse(
            Map.of("DATA", "/data", "WORKERS", "4"),
            """
            data.target.root = ${?DATA}/dusk
            cluster.workers = ${?WORKERS}
            cluster.threads = 2
            cluster.threads = ${?THREADS}
            """,
            "style.rain=${DATA}/rain");

    assertThat(config.data().target().root()).contains("/data/dusk");
    assertThat(config.cluster().workers()).isEqualTo(4);
    assertThat(config.cluster().threads()).isEqualTo(2);
    assertThat(config.style().rain()).contains("/data/rain");
  }

  @Test
  void aPathThatLacksItsVariableIsNotSetRatherThanCutShort() {
    AsmConfig config = parse("data.target.root = ${?NO_SUCH_DATA}/dusk");

    assertThat(config.data().target().root()).isEmpty();
    assertThatThrownBy(config::requireTarget)
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "A mistake in the configuration test.conf:\n"
                + "  data.target.root is not set (test.conf: 1): expected the folder of the new"
                + " domain; set the environment variable NO_SUCH_DATA, or the key itself");
  }

  @Test
  void whatACommandNeedsIsAskedForByKeyAndFile() {
    AsmConfig config = parse("");

    assertThatThrownBy(config::requireSources)
        .hasMessageContaining("data.sources is not set")
        .hasMessageContaining(ConfigurationText.NAME);
    assertThatThrownBy(config::requireTarget).hasMessageContaining("data.target.root is not set");
    assertThatThrownBy(config::requireEvaluation)
        .hasMessageContaining("data.evaluation.type is not set")
        .hasMessageContaining("data.evaluation.root is not set");
    assertThatThrownBy(config::requireRain).hasMessageContaining("style.rain is not set");
    assertThatThrownBy(config::requireStyles)
        .hasMessageContaining("style.pretrain.styles is not set");
    assertThatThrownBy(config::requireEncoderWeights)
        .hasMessageContaining("style.encoder-weights is not set");
    assertThat(parse("style.rain = rain").requireRain()).isEqualTo("rain");
  }

  @Test
  void otherPackagesReportAValueInTheSameWords() {
    AsmConfig config = parse("\ndata.target.type = citiscapes");

    assertThat(config.mistake("data.target.type", "one of camvid, cityscapes"))
        .hasMessage(
            "data.target.type = \"citiscapes\" (test.conf: 2): expected one of camvid, cityscapes");
  }

  @Test
  void anIncludedFileIsTheOneBesideAndTheProgramsReferenceFillsIt() throws IOException {
    write("reference.conf", "training.batch = 9");
    write("common/base.conf", "include \"../reference.conf\"\ntraining.updates = 8");
    String file = write("experiment.conf", "include \"common/base.conf\"\nseed = 7");

    AsmConfig config = ConfigReader.read(file, List.of());

    assertThat(config.training().batch()).isEqualTo(9);
    assertThat(config.training().updates()).isEqualTo(8);
    assertThat(config.seed()).isEqualTo(7);
    assertThat(config.training().momentum()).isEqualTo(0.9);
  }

  @Test
  void filesAreReadThroughHadoopsFileSystemsToo() throws IOException {
    write("base.conf", "training.updates = 8");
    write("experiment.conf", "include \"base.conf\"\ninclude \"reference.conf\"\nseed = 7");

    AsmConfig config =
        ConfigReader.read(folder.resolve("experiment.conf").toUri().toString(), List.of());

    assertThat(config.seed()).isEqualTo(7);
    assertThat(config.resolved().file()).startsWith("file:");
  }

  @Test
  void anIncludeThatIsNotThereOrGoesInACircleIsAMistake() throws IOException {
    String lost = write("lost.conf", "include \"nowhere.conf\"");
    String circle = write("circle.conf", "include \"circle.conf\"");

    assertThatThrownBy(() -> ConfigReader.read(lost, List.of()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("include \"nowhere.conf\": no such file");
    assertThatThrownBy(() -> ConfigReader.read(circle, List.of()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("include each other");
  }

  @Test
  void anExperimentIsFoundByItsName() throws IOException {
    write("demo.conf", "seed = 12");

    assertThat(readByName("demo").seed()).isEqualTo(12);
    assertThat(readByName("demo.conf").seed()).isEqualTo(12);
  }

  @Test
  void aNameThatIsNoExperimentIsReportedWithThoseThatAre() throws IOException {
    write("demo.conf", "");
    write("camvid.conf", "");

    assertThatThrownBy(() -> readByName("demmo"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("No such configuration: demmo")
        .hasMessageContaining(folder.resolve("demmo.conf").toString())
        .hasMessageContaining("camvid, demo");
  }

  @Test
  void aFolderOrAnUnknownFileSystemIsNoConfiguration() {
    assertThatThrownBy(() -> ConfigReader.read(folder.toString(), List.of()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(folder.toString());
    assertThatThrownBy(() -> ConfigReader.read("nofs://host/a.conf", List.of()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("nofs");
  }
}
