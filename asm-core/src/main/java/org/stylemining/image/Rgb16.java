package org.stylemining.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** RGB images of 16 bits a channel. */
final class Rgb16 {
  private Rgb16() {}

  static byte[] encode(int width, int height, int[][] channels) {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, width, height, 3, null);
    for (int band = 0; band < 3; band++) {
      raster.setSamples(0, 0, width, height, band, channels[band]);
    }
    ComponentColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            ComponentColorModel.OPAQUE,
            DataBuffer.TYPE_USHORT);
    return ImageFiles.write(new BufferedImage(colours, raster, false, null));
  }
}
