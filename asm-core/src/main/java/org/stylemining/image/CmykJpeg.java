package org.stylemining.image;

import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;

/**
 * JPEGs of four channels, which ImageIO reads as bare rasters only: CMYK, and YCCK as Adobe's
 * programs write it.
 *
 * @param adobe whether an Adobe marker is there: its programs store inverted inks
 * @param transformed whether the first three channels are YCbCr
 */
record CmykJpeg(boolean adobe, boolean transformed) {
  private static final int START_OF_SCAN = 0xDA;
  private static final int APP14 = 0xEE;

  /** The file as a four-channel JPEG, or null where it is none. */
  static CmykJpeg of(byte[] file) {
    if (file.length < 4 || (file[0] & 0xFF) != 0xFF || (file[1] & 0xFF) != 0xD8) {
      return null;
    }
    boolean adobe = false;
    boolean transformed = false;
    int channels = 0;
    int at = 2;
    while (at + 4 <= file.length && (file[at] & 0xFF) == 0xFF) {
      int marker = file[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++;
        continue;
      }
      if (marker == START_OF_SCAN) {
        break;
      }
      int length = (file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF;
      if (at + 2 + length > file.length) {
        break;
      }
      if (marker == APP14 && length >= 14 && file[at + 4] == 'A' && file[at + 5] == 'd') {
        adobe = true;
        transformed = file[at + 15] == 2;
      } else if (isFrame(marker) && length >= 8) {
        channels = file[at + 9] & 0xFF;
      }
      at += 2 + length;
    }
    return channels == 4 ? new CmykJpeg(adobe, transformed) : null;
  }

  private static boolean isFrame(int marker) {
    // 0xC4, 0xC8 and 0xCC are tables and extensions, not frames.
    return marker >= 0xC0 && marker <= 0xCF && marker % 4 != 0 || marker == 0xC0;
  }

  RgbImage read(ImageReader reader) throws IOException {
    Raster raster = reader.readRaster(0, null);
    int[][] ink = new int[4][];
    for (int c = 0; c < 4; c++) {
      ink[c] = ImageFiles.band(raster, c);
    }
    byte[] rgb = new byte[3 * ink[0].length];
    int[] light = new int[3];
    for (int i = 0; i < ink[0].length; i++) {
      for (int c = 0; c < 3; c++) {
        light[c] = ink[c][i];
      }
      if (transformed) {
        toCmy(light);
      }
      int black = adobe ? ink[3][i] : 255 - ink[3][i];
      for (int c = 0; c < 3; c++) {
        int value = adobe ? light[c] : 255 - light[c];
        rgb[3 * i + c] = (byte) ((value * black + 127) / 255);
      }
    }
    return new RgbImage(raster.getWidth(), raster.getHeight(), rgb);
  }

  private static void toCmy(int[] ycc) {
    double y = ycc[0];
    double cb = ycc[1] - 128;
    double cr = ycc[2] - 128;
    ycc[0] = 255 - clip(y + 1.402 * cr);
    ycc[1] = 255 - clip(y - 0.344136 * cb - 0.714136 * cr);
    ycc[2] = 255 - clip(y + 1.772 * cb);
  }

  private static int clip(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
