package org.stylemining.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ConfigReader;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Sample;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

/**
 * The configurations that docs/data-sets.md shows do what it says, on files that lie as it says.
 */
class DataSetsPageTest {
  private static final Path PAGE = Path.of("../docs/data-sets.md");
  private static final Pattern CONFIGURATION =
      Pattern.compile("```hocon\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  private String configuration(int number) throws Exception {
    List<String> shown =
        CONFIGURATION
            .matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertThat(shown).hasSize(2);
    return shown.get(number).replace("/data/", folder + "/");
  }

  private static AsmConfig read(String text) {
    return ConfigReader.parse(text, "drives.conf", List.of());
  }

  private void drives() {
    for (String drive : List.of("0001", "0002")) {
      // The ending of a name is not what decides how it is decoded.
      SmallSets.image(folder.resolve("drives/" + drive + "/rgb/000000.jpg"), 8, 6);
      LabelMap labels = LabelMap.filled(8, 6, 1);
      byte[] values = {1, 2, 3, 10, 15, 19, 26, 0, (byte) 255};
      System.arraycopy(values, 0, labels.ids(), 0, values.length);
      SmallSets.write(
          folder.resolve("drives/" + drive + "/semantic/000000_ids.png"),
          ImageFiles.encodeGreyPng(labels));
    }
    SmallSets.image(folder.resolve("rainy/1.png"), 8, 6);
  }

  private void fields() {
    for (String name : List.of("train/may/0001", "val/june/0002", "val/0003")) {
      SmallSets.image(folder.resolve("fields/rgb/" + name + "_rgb.png"), 4, 1);
      byte[] colours = {0, 0, 0, 0, (byte) 255, 0, (byte) 255, 0, 0, 0, 0, (byte) 255};
      SmallSets.write(
          folder.resolve("fields/gt/" + name + "_gt.png"),
          ImageFiles.encodePng(new RgbImage(4, 1, colours)));
    }
    SmallSets.image(folder.resolve("drone/monday/1.png"), 4, 1);
  }

  @Test
  void labelsThatHoldNumbers() throws Exception {
    drives();
    AsmConfig config = read(configuration(0));
    ConfiguredSets sets = new ConfiguredSets(config, SmallSets.HADOOP);

    List<Sample> samples = sets.sources().get(0);

    assertThat(samples).hasSize(2);
    LabelMap labels =
        new SampleReader(Datasets.of(config), SmallSets.HADOOP).read(samples.get(1)).labels();
    assertThat(labels.ids())
        .startsWith(0, 1, 1, 2, 2, 2, 13, LabelMap.IGNORE, LabelMap.IGNORE)
        .endsWith(0);
    assertThat(sets.anchors()).hasSize(1);
  }

  @Test
  void labelsThatHoldColoursWithClassesOfTheUsersOwn() throws Exception {
    fields();
    AsmConfig config = read(configuration(1));
    ConfiguredSets sets = new ConfiguredSets(config, SmallSets.HADOOP);
    SampleReader reader = new SampleReader(Datasets.of(config), SmallSets.HADOOP);

    assertThat(sets.sources().get(0)).extracting(Sample::name).containsExactly("0001_rgb.png");
    assertThat(sets.evaluation())
        .extracting(Sample::name)
        .containsExactly("0003_rgb.png", "0002_rgb.png");
    assertThat(sets.anchors()).extracting(Sample::name).containsExactly("1.png");
    assertThat(reader.read(sets.evaluation().get(0)).labels().ids())
        .containsExactly(0, 1, 2, LabelMap.IGNORE);
    assertThat(LabelSpaces.scored(config)).containsExactly(1, 2);
  }

  @Test
  void theMistakesThatThePageShows() throws Exception {
    drives();
    String page = Files.readString(PAGE);
    String shown =
        page.substring(page.indexOf("data.custom[0].values.roda"), page.indexOf("When a sample"));
    List<String> lines =
        shown.replace("```", "").strip().replace("/data/", folder + "/").lines().toList();

    assertThatThrownBy(
            () ->
                Datasets.of(
                    read(
                        configuration(0)
                            .replace("{ road = 1", "{ roda = 1")
                            .replace("[0, 255]", "[0, 15]"))))
        .hasMessage(lines.get(0) + "\n" + lines.get(1));
    assertThatThrownBy(
            () ->
                new ConfiguredSets(
                        read(configuration(0).replace("/rgb/{name}.jpg", "/rgb/{name}.png")),
                        SmallSets.HADOOP)
                    .sources())
        .hasMessageStartingWith(lines.get(2));
  }

  @Test
  void aTableThatIsWrongIsNoticed() throws Exception {
    drives();
    AsmConfig config = read(configuration(0).replace(", car = 26", ""));
    Sample sample = new ConfiguredSets(config, SmallSets.HADOOP).sources().get(0).get(0);

    assertThatThrownBy(() -> new SampleReader(Datasets.of(config), SmallSets.HADOOP).read(sample))
        .isInstanceOf(DamagedSample.class)
        .hasMessageContaining("1 unknown label value: 26 (1 pixels");
  }
}
