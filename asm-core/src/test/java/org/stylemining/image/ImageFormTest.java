package org.stylemining.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageFormTest {
  @Test
  void tellsHowAFileIsStored() throws Exception {
    LabelMap labels = LabelMap.filled(5, 4, 3);
    assertThat(ImageFiles.form(ImageFiles.encodePng(RgbImage.black(5, 4))))
        .isEqualTo(new ImageForm("PNG", 5, 4, 8, 3, false));
    assertThat(mode(ImageFiles.encodeGreyPng(labels))).isEqualTo("8-bit grey");
    assertThat(mode(ImageFiles.encodePalettePng(labels, new int[256]))).isEqualTo("8-bit palette");
    int[] band = new int[20];
    assertThat(mode(ImageFiles.encodeRgb16Png(5, 4, new int[][] {band, band, band})))
        .isEqualTo("16-bit RGB");
    assertThat(mode(written(BufferedImage.TYPE_BYTE_BINARY, "png"))).isEqualTo("1-bit grey");
    assertThat(mode(written(BufferedImage.TYPE_INT_ARGB, "png"))).isEqualTo("8-bit RGB with alpha");
    assertThat(mode(written(BufferedImage.TYPE_3BYTE_BGR, "jpeg"))).isEqualTo("8-bit RGB");
    assertThat(mode(written(BufferedImage.TYPE_BYTE_GRAY, "jpeg"))).isEqualTo("8-bit grey");
    assertThatThrownBy(() -> ImageFiles.form(new byte[] {1, 2, 3}))
        .isInstanceOf(UnreadableImage.class);
  }

  private static String mode(byte[] file) throws UnreadableImage {
    return ImageFiles.form(file).mode();
  }

  private static byte[] written(int type, String format) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(new BufferedImage(5, 4, type), format, bytes)).isTrue();
    return bytes.toByteArray();
  }
}
