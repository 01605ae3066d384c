package org.stylemining.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
  @ParameterizedTest
  @ValueSource(strings = {"grey.png", "palette.png", "two-colours.png", "alpha.png"})
  void readsPngOfEveryKindAsPilDoes(String name) throws Exception {
    RgbImage expected = Fixtures.image(name.replace(".", "-") + ".expected.png");
    assertThat(Fixtures.image(name)).isEqualTo(expected);
  }

  /** JPEG decoders may differ by their rounding. */
  @ParameterizedTest
  @CsvSource({"rgb.jpg,3", "grey.jpg,2", "cmyk.jpg,3", "ycck.jpg,4"})
  void readsJpegOfEveryKindAsPilDoesUpToRounding(String name, int tolerance) throws Exception {
    RgbImage read = Fixtures.image(name);
    RgbImage expected = Fixtures.image(name.replace(".", "-") + ".expected.png");
    assertThat(read.width()).isEqualTo(expected.width());
    int largest = 0;
    for (int i = 0; i < read.rgb().length; i++) {
      largest = Math.max(largest, Math.abs((read.rgb()[i] & 255) - (expected.rgb()[i] & 255)));
    }
    assertThat(largest).isLessThanOrEqualTo(tolerance);
  }

  @Test
  void writesAndReadsAnRgbImageWithoutChange() throws Exception {
    RgbImage image = Fixtures.image("photo.png");
    assertThat(ImageFiles.decodeRgb(ImageFiles.encodePng(image))).isEqualTo(image);
  }

  @Test
  void writesAndReadsAllLabelValuesOfGreyAndPaletteFiles() throws Exception {
    LabelMap all = new LabelMap(16, 16, new byte[256]);
    for (int i = 0; i < 256; i++) {
      all.ids()[i] = (byte) i;
    }
    // Equal colours for several indices: a reader that goes through colours would confuse them.
    int[] palette = new int[256];
    Arrays.fill(palette, 0x112233);
    for (byte[] file :
        new byte[][] {ImageFiles.encodeGreyPng(all), ImageFiles.encodePalettePng(all, palette)}) {
      RawLabels read = ImageFiles.decodeLabels(file);
      assertThat(read.bits()).isEqualTo(8);
      assertThat(read.channels()).isEqualTo(1);
      for (int i = 0; i < 256; i++) {
        assertThat(read.values()[i]).isEqualTo(i);
      }
    }
  }

  @Test
  void keepsAllSixteenBitsOfLabels() throws Exception {
    int[][] channels = {{0, 1, 255, 256, 12345, 65535}, {9, 8, 7, 6, 5, 4}, new int[6]};
    RawLabels read = ImageFiles.decodeLabels(ImageFiles.encodeRgb16Png(3, 2, channels));
    assertThat(read.bits()).isEqualTo(16);
    assertThat(read.channels()).isEqualTo(3);
    assertThat(read.values()).containsExactly(channels[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"photo.png", "grey.jpg", "cmyk.jpg", "ycck.jpg", "palette.png"})
  void countsPixelsByTheHeader(String name) throws Exception {
    RgbImage image = Fixtures.image(name);
    assertThat(ImageFiles.pixels(Fixtures.bytes(name)))
        .isEqualTo((long) image.width() * image.height());
  }

  @Test
  void saysThatAFileIsEmptyOrNoImage() {
    assertThatThrownBy(() -> ImageFiles.decodeRgb(new byte[0]))
        .isInstanceOf(UnreadableImage.class)
        .hasMessage("the file is empty");
    assertThatThrownBy(
            () -> ImageFiles.decodeRgb("<html>404</html>".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UnreadableImage.class)
        .hasMessage("not a PNG or JPEG image: it starts with 3c 68 74 6d 6c 3e 34 30");
  }

  @Test
  void refusesLabelsInAJpeg() {
    assertThatThrownBy(() -> ImageFiles.decodeLabels(Fixtures.bytes("grey.jpg")))
        .isInstanceOf(UnreadableImage.class)
        .hasMessageContaining("labels are expected as PNG");
  }

  @Test
  void noticesAPngThatWasCutAnywhere() {
    byte[] file = Fixtures.bytes("photo.png");
    for (int length = 1; length < file.length; length += 37) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> ImageFiles.decodeRgb(cut)).isInstanceOf(UnreadableImage.class);
    }
    assertThatThrownBy(() -> ImageFiles.decodeRgb(Arrays.copyOf(file, file.length / 2)))
        .hasMessageMatching("truncated: PNG chunk IDAT at byte \\d+ wants \\d+ bytes, .* left");
  }

  @Test
  void noticesAnyChangedByteOfAPng() {
    byte[] file = Fixtures.bytes("photo.png");
    Random random = new Random(1);
    for (int trial = 0; trial < 200; trial++) {
      byte[] changed = file.clone();
      changed[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> ImageFiles.decodeRgb(changed)).isInstanceOf(UnreadableImage.class);
    }
  }

  @Test
  void noticesAJpegThatWasCut() {
    byte[] file = Fixtures.bytes("rgb.jpg");
    for (int length : new int[] {3, 100, file.length / 2, file.length - 20}) {
      assertThatThrownBy(() -> ImageFiles.decodeRgb(Arrays.copyOf(file, length)))
          .isInstanceOf(UnreadableImage.class);
    }
  }

  @Test
  void cropsAndMirrorsImageAndLabelsAlike() {
    RgbImage image = new RgbImage(3, 1, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    assertThat(image.mirrored().rgb()).containsExactly(7, 8, 9, 4, 5, 6, 1, 2, 3);
    assertThat(image.crop(1, 0, 2, 1).rgb()).containsExactly(4, 5, 6, 7, 8, 9);
    LabelMap labels = new LabelMap(3, 1, new byte[] {1, 2, 3});
    assertThat(labels.mirrored().ids()).containsExactly(3, 2, 1);
    assertThat(labels.crop(1, 0, 2, 1).ids()).containsExactly(2, 3);
    assertThatThrownBy(() -> labels.crop(2, 0, 2, 1)).hasMessageContaining("does not lie in 3x1");
  }
}
