package org.stylemining.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
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
    return read(file, Decoder::toRgb);
  }

  static RawLabels decodeLabels(byte[] file) throws UnreadableImage {
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

  private interface Reading<T> {
    T apply(ImageReader reader) throws IOException;
  }

  private static <T> T read(byte[] file, Reading<T> reading) throws UnreadableImage {
    if (file.length == 0) {
      throw new UnreadableImage("the file is empty");
    }
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new UnreadableImage("not a PNG or JPEG image: it starts with " + start(file));
      }
      ImageReader reader = readers.next();
      try {
        String[] ending = new String[1];
        reader.addIIOReadWarningListener(
            (source, warning) -> {
              if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                ending[0] = warning;
              }
            });
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw new UnreadableImage(
              "its header tells of %dx%d pixels".formatted(reader.getWidth(0), reader.getHeight(0)));
        }
        T result = reading.apply(reader);
        if (ending[0] != null) {
          throw new UnreadableImage("truncated: " + ending[0]);
        }
        return result;
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

  private static RgbImage toRgb(ImageReader reader) throws IOException {
    BufferedImage image = reader.read(0);
    Raster raster = image.getRaster();
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] rgb = new byte[3 * width * height];
    if (image.getColorModel() instanceof IndexColorModel colours) {
      int[] indices = ImageFiles.band(raster, 0);
      for (int i = 0; i < indices.length; i++) {
        int colour = colours.getRGB(indices[i]);
        rgb[3 * i] = (byte) (colour >> 16);
        rgb[3 * i + 1] = (byte) (colour >> 8);
        rgb[3 * i + 2] = (byte) colour;
      }
    } else {
      for (int c = 0; c < 3; c++) {
        int band = raster.getNumBands() < 3 ? 0 : c;
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
