package org.stylemining.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.Sample;

class ConfiguredSetsTest {
  @TempDir Path folder;

  @BeforeEach
  void dayAndDusk() {
    SmallSets.camvid(folder.resolve("day"), 6);
    SmallSets.camvid(folder.resolve("dusk"), 4);
  }

  private ConfiguredSets sets(String... overrides) {
    List<String> settings = new ArrayList<>();
    settings.add("data.labels=camvid11");
    settings.add("data.sources=[{type=camvid,root=\"%s\"}]".formatted(folder.resolve("day")));
    settings.add("data.target.root=\"%s\"".formatted(folder.resolve("dusk/images")));
    settings.add("data.evaluation.type=camvid");
    settings.add("data.evaluation.root=\"%s\"".formatted(folder.resolve("dusk")));
    settings.addAll(List.of(overrides));
    return new ConfiguredSets(
        ConfigReader.parse(String.join("\n", settings), "test", List.of()), SmallSets.HADOOP);
  }

  @Test
  void listsWhatTheConfigurationNames() throws Exception {
    assertThat(sets().sources()).singleElement(InstanceOfAssertFactories.LIST).hasSize(6);
    assertThat(sets().order().at(17).name()).endsWith(".png");
    assertThat(sets("data.target.anchors=[\"002.png\"]").anchors())
        .singleElement()
        .satisfies(anchor -> assertThat(anchor.image()).endsWith("dusk/images/002.png"));
  }

  @Test
  void scoresEverythingButTheAnchors() throws Exception {
    assertThat(sets("data.target.anchors=[\"002.png\"]").evaluation())
        .extracting(Sample::name)
        .containsExactly("000.png", "001.png", "003.png");
    assertThat(sets("data.target.shots=0").evaluation()).hasSize(4);
    assertThatThrownBy(() -> sets("data.target.shots=4").evaluation())
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("nothing is left to score, all its 4 images are anchors");
  }

  @Test
  void trainsWithLabelsOfTheTargetOnImagesThatAreNotScored() throws Exception {
    String[] supervised = {
      "training.method=supervised",
      "data.target.anchors=[\"002.png\"]",
      "data.supervised.type=camvid",
      "data.supervised.share=0.5",
      "data.supervised.root=\"%s\"".formatted(folder.resolve("dusk"))
    };
    assertThat(sets(supervised).supervised())
        .extracting(Sample::name)
        .containsExactly("000.png", "001.png");
    assertThat(sets(supervised).trained().range(0, 20))
        .allMatch(sample -> sample.image().contains("/dusk/images/00"))
        .allMatch(sample -> sample.label().isPresent())
        .extracting(Sample::name)
        .containsOnly("000.png", "001.png");
    assertThat(sets(supervised).evaluation()).extracting(Sample::name).containsExactly("003.png");
    supervised[0] = "training.method=asm";
    assertThat(sets(supervised).evaluation())
        .as("the same images for all methods")
        .extracting(Sample::name)
        .containsExactly("003.png");
    assertThat(sets(supervised).trained().at(0).image()).contains("/day/");
  }

  @Test
  void labelledTargetImagesThatAreNotThereOrLeaveNothingToScoreAreMistakes() {
    assertThatThrownBy(() -> sets("training.method=supervised").trained())
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("data.supervised.type is not set")
        .hasMessageContaining("data.supervised.root is not set");
    assertThatThrownBy(
            () ->
                sets(
                        "data.supervised.type=camvid",
                        "data.supervised.root=\"%s\"".formatted(folder.resolve("dusk")))
                    .evaluation())
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(
            "nothing is left to score, all its 4 images are anchors (1) or trained on with their labels (data.supervised, data.sources)");
  }

  @Test
  void imagesOfASourceSetInTheSameFolderAreNotScored() {
    assertThatThrownBy(
            () -> sets("data.evaluation.root=\"%s\"".formatted(folder.resolve("day"))).evaluation())
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("nothing is left to score");
  }

  @Test
  void refusesLabelsOfAnotherSpaceAndTellsEveryMistakeAtOnce() {
    String two =
        "data.sources=[{type=camvid,root=\"%s\"},{type=gta5,root=\"/nowhere\"}]"
            .formatted(folder.resolve("day"));
    assertThatThrownBy(() -> sets("data.labels=cityscapes19", two).sources())
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(
            "data.sources[0].type = camvid: its labels are camvid11, but data.labels = cityscapes19")
        .hasMessageContaining("data.sources[1].root = file:/nowhere: there is no such folder");
  }
}
