package org.stylemining.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeTest {
  @ParameterizedTest
  @CsvSource({"20,12", "122,80", "61,17", "37,43", "64,40", "7,90"})
  void imagesComeOutAsFromPil(int width, int height) throws Exception {
    RgbImage resized = Resize.bicubic(Fixtures.image("photo.png"), width, height);
    assertThat(resized).isEqualTo(Fixtures.image("photo-%dx%d.png".formatted(width, height)));
  }

  @ParameterizedTest
  @CsvSource({"20,12", "122,80", "61,17", "37,43", "64,40", "7,90"})
  void labelsComeOutAsFromPil(int width, int height) throws Exception {
    LabelMap resized = Resize.nearest(Fixtures.labels("labels.png"), width, height);
    assertThat(resized).isEqualTo(Fixtures.labels("labels-%dx%d.png".formatted(width, height)));
  }

  @Test
  void anImageOfTheSizeAskedForStaysAsItIs() throws Exception {
    RgbImage image = Fixtures.image("photo.png");
    assertThat(Resize.bicubic(image, 61, 43)).isSameAs(image);
  }

  @Test
  void shrinkingToOnePixelAverages() {
    RgbImage image = RgbImage.filled(300, 200, new int[] {10, 200, 77});
    assertThat(Resize.bicubic(image, 1, 1).meanColour()).containsExactly(10, 200, 77);
  }
}
