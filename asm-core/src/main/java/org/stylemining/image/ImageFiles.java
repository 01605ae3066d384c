package org.stylemining.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Images from and to the bytes of files. */
public final class ImageFiles {
  private ImageFiles() {}

  /**
   * Decodes a PNG or JPEG: RGB, grey, palette, 16-bit (the upper 8 bits are kept), CMYK JPEG. An
   * alpha channel is dropped, an embedded colour profile ignored, as PIL does.
   *
   * @throws UnreadableImage where the file is empty, truncated, or no such image
   */
  public static RgbImage decodeRgb(byte[] file) throws UnreadableImage {
    return Decoder.decodeRgb(file);
  }

  /**
   * How many pixels an image has, by its header; nothing is decoded.
   *
   * @throws UnreadableImage where the file is empty, or no PNG or JPEG
   */
  public static long pixels(byte[] file) throws UnreadableImage {
    return Decoder.pixels(file);
  }

  /**
   * How an image is stored, by its header; nothing is decoded.
   *
   * @throws UnreadableImage where the file is empty, or no PNG or JPEG
   */
  public static ImageForm form(byte[] file) throws UnreadableImage {
    return Decoder.form(file);
  }

  /**
   * Decodes the values of a PNG's first channel exactly as they are stored.
   *
   * @throws UnreadableImage where the file is empty, truncated, or no such image
   */
  public static RawLabels decodeLabels(byte[] file) throws UnreadableImage {
    return Decoder.decodeLabels(file);
  }

  /**
   * Decodes a PNG's colours exactly as they are stored: RGB, palette and grey of at most 8 bits. An
   * alpha channel is dropped, an embedded colour profile ignored.
   *
   * @return values {@code 0xRRGGBB}, of 8 bits in 3 channels
   * @throws UnreadableImage where the file is empty, truncated, or no such image
   */
  public static RawLabels decodeLabelColours(byte[] file) throws UnreadableImage {
    return Decoder.decodeLabelColours(file);
  }

  /** An RGB PNG. */
  public static byte[] encodePng(RgbImage image) {
    BufferedImage out =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[image.width()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < row.length; x++) {
        row[x] = image.at(x, y, 0) << 16 | image.at(x, y, 1) << 8 | image.at(x, y, 2);
      }
      out.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
    return write(out);
  }

  /** An 8-bit grey PNG whose values are the map's. */
  public static byte[] encodeGreyPng(LabelMap values) {
    BufferedImage out =
        new BufferedImage(values.width(), values.height(), BufferedImage.TYPE_BYTE_GRAY);
    out.getRaster().setDataElements(0, 0, values.width(), values.height(), values.ids());
    return write(out);
  }

  /**
   * An 8-bit palette PNG whose indices are the map's values.
   *
   * @param palette {@code 0xRRGGBB} by value, 256 of them
   */
  public static byte[] encodePalettePng(LabelMap values, int[] palette) {
    if (palette.length != 256) {
      throw new IllegalArgumentException(
          "expected a palette of 256 colours, found " + palette.length);
    }
    IndexColorModel colours =
        new IndexColorModel(8, 256, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage out =
        new BufferedImage(
            values.width(), values.height(), BufferedImage.TYPE_BYTE_INDEXED, colours);
    out.getRaster().setDataElements(0, 0, values.width(), values.height(), values.ids());
    return write(out);
  }

  /**
   * A 16-bit RGB PNG, as SYNTHIA's labels are.
   *
   * @param channels three arrays of {@code height x width} values 0..65535, row-major
   */
  public static byte[] encodeRgb16Png(int width, int height, int[][] channels) {
    return Rgb16.encode(width, height, channels);
  }

  static byte[] write(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("this Java has no PNG writer for " + image);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The samples of one band of a raster, row-major. */
  static int[] band(Raster raster, int band) {
    return raster.getSamples(
        raster.getMinX(),
        raster.getMinY(),
        raster.getWidth(),
        raster.getHeight(),
        band,
        (int[]) null);
  }
}
