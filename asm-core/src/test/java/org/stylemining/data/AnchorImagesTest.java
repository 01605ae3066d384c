package org.stylemining.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.Sample;
import org.stylemining.image.RgbImage;

class AnchorImagesTest {
  private static final List<Sample> TARGET =
      Stream.of("a/0001TP_006690.png", "a/0001TP_006720.png", "b/0001TP_006690.png", "b/rain.png")
          .map(path -> new Sample("folder", "file:/t/" + path, Optional.of("file:/l/" + path), 0))
          .toList();

  private static List<String> names(List<Sample> samples) {
    return samples.stream().map(sample -> sample.image().substring(8)).toList();
  }

  @Test
  void findsAnchorsByNameAndByTheEndOfTheirPath() {
    List<Sample> anchors =
        AnchorImages.choose(TARGET, List.of("rain.png", "b/0001TP_006690.png"), 1, 1);
    assertThat(names(anchors)).containsExactly("b/rain.png", "b/0001TP_006690.png");
    assertThat(anchors).allMatch(anchor -> anchor.label().isEmpty());
  }

  @Test
  void namesTheNearestImagesWhereThereIsNone() {
    assertThatThrownBy(() -> AnchorImages.choose(TARGET, List.of("0001TP_06720.png"), 1, 1))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith(
            "data.target.anchors: no image of the target set is called 0001TP_06720.png;"
                + " nearest: 0001TP_006720.png, ");
  }

  @Test
  void asksForMoreOfThePathWhereANameIsAmbiguous() {
    assertThatThrownBy(() -> AnchorImages.choose(TARGET, List.of("0001TP_006690.png"), 1, 1))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("could be 2 images")
        .hasMessageContaining("file:/t/b/0001TP_006690.png");
  }

  @Test
  void drawsAsManyAsAskedForWithTheSeed() {
    List<Sample> two = AnchorImages.choose(TARGET, List.of(), 2, 5);
    assertThat(two).hasSize(2).isEqualTo(AnchorImages.choose(TARGET, List.of(), 2, 5));
    assertThat(
            Stream.iterate(1L, seed -> seed + 1)
                .limit(50)
                .map(seed -> AnchorImages.choose(TARGET, List.of(), 1, seed))
                .distinct())
        .hasSize(4);
    assertThat(AnchorImages.choose(TARGET, List.of(), 0, 5)).hasSize(4);
    assertThatThrownBy(() -> AnchorImages.choose(TARGET, List.of(), 5, 5))
        .isInstanceOf(UserMistake.class)
        .hasMessage("data.target.shots = 5: the target set has 4 images");
  }

  @Test
  void leavesTheAnchorsOutOfTheEvaluation() {
    List<Sample> anchors = AnchorImages.choose(TARGET, List.of("rain.png"), 1, 1);
    assertThat(names(AnchorImages.without(TARGET, anchors)))
        .containsExactly("a/0001TP_006690.png", "a/0001TP_006720.png", "b/0001TP_006690.png");
  }

  @Test
  void anAnchorThatIsNoImageIsTheUsersMistake(@TempDir Path folder) {
    SmallSets.write(folder.resolve("notes.png"), "notes".getBytes(StandardCharsets.UTF_8));
    Sample anchor =
        new Sample("folder", folder.resolve("notes.png").toString(), Optional.empty(), 0);
    Iterable<RgbImage> reading =
        AnchorImages.reading(
            List.of(anchor), new SampleReader(Datasets.installed(), SmallSets.HADOOP));
    assertThatThrownBy(() -> reading.iterator().next())
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("data.target: the anchor image ")
        .hasMessageContaining("notes.png cannot be read: not a PNG or JPEG image");
  }
}
