package org.stylemining.image;

import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/**
 * How an image is stored, by its header.
 *
 * @param format such as {@code PNG}
 * @param width in pixels
 * @param height in pixels
 * @param bits of a stored value
 * @param channels of the file; 1 where there is a palette
 * @param palette whether the values are indices of a palette
 */
public record ImageForm(
    String format, int width, int height, int bits, int channels, boolean palette)
    implements Serializable {

  /** Offset of the bit depth in a PNG's first chunk; the colour type follows it. */
  private static final int PNG_BITS = 24;

  private static final int PNG_PALETTE = 3;

  /** Of a file that is a whole image of the reader's format. */
  static ImageForm of(ImageReader reader, byte[] file) throws IOException {
    String format = reader.getFormatName().toUpperCase(Locale.ROOT);
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if (PngChunks.isPng(file)) {
      // ImageIO shows grey of few bits as a palette.
      int colours = file[PNG_BITS + 1];
      int channels = colours == PNG_PALETTE ? 1 : (colours & 2) + 1 + (colours >> 2 & 1);
      return new ImageForm(format, width, height, file[PNG_BITS], channels, colours == PNG_PALETTE);
    }
    if (CmykJpeg.of(file) != null) {
      // ImageIO has no type for inks.
      return new ImageForm(format, width, height, 8, 4, false);
    }
    ImageTypeSpecifier type = reader.getRawImageType(0);
    boolean palette = type.getColorModel() instanceof IndexColorModel;
    return new ImageForm(
        format, width, height, type.getBitsPerBand(0), palette ? 1 : type.getNumBands(), palette);
  }

  /** Bit depth and colours, such as {@code 8-bit RGB}. */
  public String mode() {
    return "%d-bit %s".formatted(bits, colours());
  }

  private String colours() {
    if (palette) {
      return "palette";
    }
    return switch (channels) {
      case 1 -> "grey";
      case 2 -> "grey with alpha";
      case 3 -> "RGB";
      default -> format.equals("PNG") ? "RGB with alpha" : "CMYK";
    };
  }
}
