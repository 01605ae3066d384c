package org.stylemining.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads rasters through ImageIO; never its colour conversion, which changes values. */
final class Decoder {
  /** More pixels than any camera's picture: a damaged header, not an image. */
  private static final long MOST_PIXELS = 1L << 28;

  private Decoder() {}

  static RgbImage decodeRgb(byte[] file) throws UnreadableImage {
    CmykJpeg cmyk = CmykJpeg.of(file);
    return read(
        file,
        reader -> {
          if (cmyk != null) {
            return cmyk.read(reader);
          }
          BufferedImage image = reader.read(0);
          return image.getColorModel() instanceof IndexColorModel colours
              ? fromPalette(image.getRaster(), colours)
              : fromSamples(image.getRaster());
        });
  }

  static long pixels(byte[] file) throws UnreadableImage {
    return read(file, reader -> (long) reader.getWidth(0) * reader.getHeight(0));
  }

  static ImageForm form(byte[] file) throws UnreadableImage {
    return read(file, reader -> ImageForm.of(reader, file));
  }

  static RawLabels decodeLabels(byte[] file) throws UnreadableImage {
    requirePng(file);
    return read(
        file,
        reader -> {
          Raster raster = reader.read(0).getRaster();
          return new RawLabels(
              raster.getWidth(),
              raster.getHeight(),
              raster.getSampleModel().getSampleSize(0),
              raster.getNumBands(),
              ImageFiles.band(raster, 0));
        });
  }

  static RawLabels decodeLabelColours(byte[] file) throws UnreadableImage {
    requirePng(file);
    return read(
        file,
        reader -> {
          BufferedImage image = reader.read(0);
          int bits = image.getSampleModel().getSampleSize(0);
          if (bits > 8) {
            throw new UnreadableImage("expected colours of 8 bits, found " + bits);
          }
          RgbImage colours =
              image.getColorModel() instanceof IndexColorModel palette
                  ? fromPalette(image.getRaster(), palette)
                  : fromSamples(image.getRaster());
          int[] values = new int[colours.width() * colours.height()];
          for (int i = 0; i < values.length; i++) {
            values[i] =
                (colours.rgb()[3 * i] & 0xFF) << 16
                    | (colours.rgb()[3 * i + 1] & 0xFF) << 8
                    | colours.rgb()[3 * i + 2] & 0xFF;
          }
          return new RawLabels(colours.width(), colours.height(), 8, 3, values);
        });
  }

  private static void requirePng(byte[] file) throws UnreadableImage {
    if (file.length > 0 && !PngChunks.isPng(file)) {
      throw new UnreadableImage("labels are expected as PNG; it starts with " + start(file));
    }
  }

  private interface Reading<T> {
    T apply(ImageReader reader) throws IOException;
  }

  private static <T> T read(byte[] file, Reading<T> reading) throws UnreadableImage {
    if (file.length == 0) {
      throw new UnreadableImage("the file is empty");
    }
    if (PngChunks.isPng(file)) {
      PngChunks.check(file);
    }
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new UnreadableImage("not a PNG or JPEG image: it starts with " + start(file));
      }
      ImageReader reader = readers.next();
      try {
        return readWhole(reader, in, reading);
      } finally {
        reader.dispose();
      }
    } catch (UnreadableImage e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers answer damaged bytes with runtime exceptions too.
      throw new UnreadableImage("damaged or truncated: " + rootMessage(e), e);
    }
  }

  private static <T> T readWhole(ImageReader reader, ImageInputStream in, Reading<T> reading)
      throws IOException {
    // A JPEG that ends early is no error to the decoder: it fills the rest with grey and warns.
    String[] ending = new String[1];
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
            ending[0] = warning;
          }
        });
    reader.setInput(in, true, true);
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((long) width * height > MOST_PIXELS) {
      throw new UnreadableImage("its header tells of " + width + "x" + height + " pixels");
    }
    T result = reading.apply(reader);
    if (ending[0] != null) {
      throw new UnreadableImage("truncated: " + ending[0]);
    }
    return result;
  }

  private static RgbImage fromPalette(Raster raster, IndexColorModel colours) {
    int[] indices = ImageFiles.band(raster, 0);
    byte[] rgb = new byte[3 * indices.length];
    for (int i = 0; i < indices.length; i++) {
      int colour = colours.getRGB(indices[i]);
      rgb[3 * i] = (byte) (colour >> 16);
      rgb[3 * i + 1] = (byte) (colour >> 8);
      rgb[3 * i + 2] = (byte) colour;
    }
    return new RgbImage(raster.getWidth(), raster.getHeight(), rgb);
  }

  private static RgbImage fromSamples(Raster raster) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] rgb = new byte[3 * width * height];
    boolean grey = raster.getNumBands() < 3;
    for (int c = 0; c < 3; c++) {
      int band = grey ? 0 : c;
      if (raster.getSampleModel() instanceof PixelInterleavedSampleModel layout
          && raster.getDataBuffer() instanceof DataBufferByte buffer) {
        byte[] in = buffer.getData();
        int from = buffer.getOffset() + layout.getBandOffsets()[band];
        for (int y = 0, o = c; y < height; y++) {
          int i = from + y * layout.getScanlineStride();
          for (int x = 0; x < width; x++, o += 3, i += layout.getPixelStride()) {
            rgb[o] = in[i];
          }
        }
      } else {
        int surplus = raster.getSampleModel().getSampleSize(band) - 8;
        int[] samples = ImageFiles.band(raster, band);
        for (int i = 0; i < samples.length; i++) {
          rgb[3 * i + c] = (byte) (samples[i] >> surplus);
        }
      }
    }
    return new RgbImage(width, height, rgb);
  }

  private static String start(byte[] file) {
    return HexFormat.ofDelimiter(" ").formatHex(file, 0, Math.min(8, file.length));
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
