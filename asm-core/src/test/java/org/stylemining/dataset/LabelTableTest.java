package org.stylemining.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.image.UnreadableImage;

class LabelTableTest {
  private static final LabelSpace SPACE =
      new LabelSpace(
          "six",
          List.of("a", "b", "c", "d", "e", "f"),
          new int[] {0x804080, 0x804081, 0x00008E, 0x000046, 0xFFFFFF, 0x000000});

  /** The colours of src/test/python/label_fixtures.py, the classes in its order. */
  private static final LabelTable COLOURS =
      LabelTable.ofColours(
          SPACE, Map.of(0x804080, 0, 0x804081, 1, 0x00008E, 2, 0x000046, 3, 0xFFFFFF, 4, 0, 5));

  private static byte[] file(String name) throws Exception {
    try (var in = LabelTableTest.class.getResourceAsStream("/org/stylemining/data/" + name)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb", "rgba", "palette", "palette4"})
  void readsTheColoursOfFilesOfEveryKindThatPilWrites(String kind) throws Exception {
    int[] classes = ImageFiles.decodeLabels(file("colours.expected.png")).values();

    LabelMap read = COLOURS.read(file("colours-" + kind + ".png"));

    assertThat(read.width()).isEqualTo(23);
    for (int i = 0; i < classes.length; i++) {
      assertThat(read.ids()[i]).as("pixel " + i).isEqualTo((byte) classes[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grey", "1bit"})
  void greyFilesHoldGreyColours(String kind) throws Exception {
    int[] classes = ImageFiles.decodeLabels(file("colours.expected.png")).values();

    LabelMap read = COLOURS.read(file("colours-" + kind + ".png"));

    for (int i = 0; i < classes.length; i++) {
      assertThat(read.ids()[i]).isEqualTo((byte) (classes[i] % 2 == 0 ? 4 : 5));
    }
  }

  @Test
  void namesTheColoursThatAreNotInTheTable() {
    RgbImage image = RgbImage.filled(4, 3, new int[] {128, 64, 128});
    image.rgb()[3 * 6 + 2] = 127;
    assertThatThrownBy(() -> COLOURS.read(ImageFiles.encodePng(image)))
        .isInstanceOf(UnreadableImage.class)
        .hasMessage("1 unknown label colour: #80407F (1 pixels, first at column 2 of row 1)");
  }

  @Test
  void coloursOfSixteenBitsAreNoneOfTheTables() {
    byte[] deep = ImageFiles.encodeRgb16Png(2, 1, new int[][] {{0, 0}, {0, 0}, {0, 0}});
    assertThatThrownBy(() -> COLOURS.read(deep))
        .isInstanceOf(UnreadableImage.class)
        .hasMessageContaining("expected colours of 8 bits, found 16");
  }

  @Test
  void aTableHoldsOnlyWhatItsFilesCan() {
    assertThatThrownBy(() -> LabelTable.ofValues(SPACE, 8, 1, Map.of(256, 0)))
        .hasMessage("label value 256: expected 0..255");
    assertThatThrownBy(() -> LabelTable.ofValues(SPACE, 8, 1, Map.of(7, 6)))
        .hasMessage("train id 6 among the 6 of six");
    assertThatThrownBy(() -> LabelTable.ofValues(SPACE, 12, 1, Map.of()))
        .hasMessage("labels of 12 bits in 1 channels");
  }
}
