package org.stylemining.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.stylemining.adapt.Segmentation;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

class PicturesTest {
  /** Road, car and bicycle. */
  private final Segmentation found =
      new Segmentation(new LabelMap(3, 1, new byte[] {0, 13, 18}), new byte[] {0, 127, (byte) 255});

  private final RgbImage image =
      new RgbImage(3, 1, new byte[] {0, 0, 0, 100, 100, 100, -1, -1, -1});

  @Test
  void valuesAreTrainIdsWithoutAndWithColours() throws Exception {
    assertThat(values(LabelIds.TRAIN, View.LABELS)).containsExactly(0, 13, 18);
    assertThat(values(LabelIds.TRAIN, View.COLOR)).containsExactly(0, 13, 18);
    assertThat(colours(LabelIds.TRAIN, View.COLOR)).startsWith(0x80, 0x40, 0x80, 0, 0, 0x8E);
  }

  @Test
  void valuesAreCityscapesIdsInTheSameColours() throws Exception {
    assertThat(values(LabelIds.CITYSCAPES, View.LABELS)).containsExactly(7, 26, 33);
    assertThat(values(LabelIds.CITYSCAPES, View.COLOR)).containsExactly(7, 26, 33);
    assertThat(colours(LabelIds.CITYSCAPES, View.COLOR))
        .containsExactly(colours(LabelIds.TRAIN, View.COLOR));
  }

  @Test
  void theOverlayIsHalfTheImageAndHalfTheColour() throws Exception {
    assertThat(colours(LabelIds.CITYSCAPES, View.OVERLAY))
        .containsExactly(0x40, 0x20, 0x40, 50, 50, 121, 187, 133, 144);
  }

  @Test
  void probabilitiesAreStoredAsTheyAre() throws Exception {
    assertThat(values(LabelIds.CITYSCAPES, View.PROBABILITY)).containsExactly(0, 127, 255);
  }

  @Test
  void everyViewHasAFileOfItsOwn() {
    assertThat(View.LABELS.file("a.b/c.d.jpeg")).isEqualTo("a.b/c.d.png");
    assertThat(View.COLOR.file("c.jpg")).isEqualTo("c_color.png");
    assertThat(View.OVERLAY.file("c.jpg")).isEqualTo("c_overlay.png");
    assertThat(View.PROBABILITY.file("c.jpg")).isEqualTo("c_probability.png");
  }

  @Test
  void otherClassesHaveNoCityscapesIds() {
    assertThatThrownBy(() -> LabelIds.CITYSCAPES.require(LabelSpace.CAMVID11, "--ids"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(
            "--ids cityscapes: expected data.labels = cityscapes19, found camvid11");
  }

  private byte[] png(LabelIds ids, View view) {
    return new Pictures(LabelSpace.CITYSCAPES19, ids).png(view, image, found);
  }

  private int[] values(LabelIds ids, View view) throws Exception {
    return ImageFiles.decodeLabels(png(ids, view)).values();
  }

  private int[] colours(LabelIds ids, View view) throws Exception {
    byte[] rgb = ImageFiles.decodeRgb(png(ids, view)).rgb();
    int[] colours = new int[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      colours[i] = rgb[i] & 0xFF;
    }
    return colours;
  }
}
