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

  @ParameterizedTest
  @CsvSource({"20,12", "122,80", "61,17", "37,43", "61,43", "64,40", "7,90"})
  void aPartIsWhatTheWholeHasThere(int width, int height) throws Exception {
    RgbImage image = Fixtures.image("photo.png");
    RgbImage whole = Resize.bicubic(image, width, height);
    int right = width / 3;
    int below = height / 4;
    assertThat(Resize.bicubicPart(image, width, height, right, below, width / 2, height / 2))
        .isEqualTo(whole.crop(right, below, width / 2, height / 2));
    assertThat(Resize.bicubicPart(image, width, height, 0, below, width, height - below))
        .isEqualTo(whole.crop(0, below, width, height - below));
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
