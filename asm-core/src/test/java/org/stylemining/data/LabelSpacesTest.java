package org.stylemining.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ClassSelection;
import org.stylemining.config.ClassSet;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.LabelSpace;

class LabelSpacesTest {
  @Test
  void synthiaIsScoredOnThirteenClasses() {
    int[] scored =
        LabelSpaces.scored(
            LabelSpace.CITYSCAPES19, new ClassSelection(ClassSet.SYNTHIA13, List.of()));
    assertThat(scored).containsExactly(0, 1, 2, 6, 7, 8, 10, 11, 12, 13, 15, 17, 18);
  }

  @Test
  void classesCanBeNamed() {
    ClassSelection asked = new ClassSelection(ClassSet.LISTED, List.of("car", "road"));
    assertThat(LabelSpaces.scored(LabelSpace.CITYSCAPES19, asked)).containsExactly(0, 13);
    assertThat(LabelSpaces.scored(LabelSpace.CAMVID11, asked)).containsExactly(3, 8);
    assertThat(LabelSpaces.scored(LabelSpace.CAMVID11, new ClassSelection(ClassSet.ALL, List.of())))
        .hasSize(11);
  }

  @Test
  void namesTheClassesThatDoNotExist() {
    assertThatThrownBy(
            () ->
                LabelSpaces.scored(
                    LabelSpace.CAMVID11, new ClassSelection(ClassSet.SYNTHIA13, List.of())))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("evaluate.classes = synthia13: camvid11 has no class sidewalk, ")
        .hasMessageContaining("it has sky, building");
  }

  @Test
  void onlyCityscapesHasOtherIdsInItsLabelFiles() {
    int[] ids = LabelSpace.CITYSCAPES19.labelIds().orElseThrow();
    assertThat(ids).hasSize(19).startsWith(7, 8, 11).endsWith(31, 32, 33);
    assertThat(LabelSpace.CAMVID11.labelIds()).isEmpty();
  }

  @Test
  void everyClassHasAColourOfItsOwn() {
    for (LabelSpace space : LabelSpaces.published()) {
      int[] palette = space.palette();
      assertThat(palette).hasSize(256);
      assertThat(java.util.Arrays.stream(palette, 0, space.count()).distinct().count())
          .isEqualTo(space.count());
      assertThat(palette[255]).isZero();
    }
  }

  private static AsmConfig config(String... settings) {
    return ConfigReader.parse(String.join("\n", settings), "test", List.of());
  }

  private static final String TOYS =
      """
      data {
        labels = custom
        classes = [
          { name = ball, colour = "#ff0000" }
          { name = "wooden doll", colour = "#00FF00" }
        ]
        custom = [{ type = toys, images = "i/{name}.png", labels = "l/{name}.png", values { ball = 1 }, score = [ball] }]
      }
      """;

  @Test
  void aConfigurationBringsItsOwnClasses() {
    LabelSpace space = LabelSpaces.of(config(TOYS).data());

    assertThat(space.name()).isEqualTo("custom");
    assertThat(space.classes()).containsExactly("ball", "wooden doll");
    assertThat(space.colour(1)).isEqualTo(0x00FF00);
  }

  @Test
  void theTextOfAConfigurationTellsItsClasses() {
    assertThat(LabelSpaces.told(config(TOYS).render()))
        .contains(LabelSpaces.of(config(TOYS).data()));
    assertThat(LabelSpaces.told(config("data.labels = camvid11").render()))
        .contains(LabelSpace.CAMVID11);
    for (String other : List.of("", "data.labels = later", "data.labels = custom", "{ no hocon")) {
      assertThat(LabelSpaces.told(other)).as(other).isEmpty();
    }
  }

  @Test
  void theScoredSetSaysWhichClassesCount() {
    assertThat(LabelSpaces.scored(config(TOYS))).containsExactly(0, 1);
    assertThat(LabelSpaces.scored(config(TOYS, "data.evaluation { type = toys, root = x }")))
        .containsExactly(0);
    assertThat(
            LabelSpaces.scored(
                config(
                    TOYS,
                    "data.evaluation { type = toys, root = x }",
                    "evaluate.classes = [\"wooden doll\"]")))
        .containsExactly(1);
  }
}
