package org.stylemining.data.demo;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

/**
 * A picture and its labels, painted together: every shape goes into both, at twice the size and
 * without blending. The picture is the mean of each 2x2 block, as a camera's pixel sees it, the
 * label the block's most frequent one.
 */
final class Canvas {
  private final int width;
  private final int height;
  private final Look look;
  private final BufferedImage colours;
  private final BufferedImage labels;
  private final Graphics2D colourBrush;
  private final Graphics2D labelBrush;

  Canvas(int width, int height, Look look) {
    this.width = width;
    this.height = height;
    this.look = look;
    colours = new BufferedImage(2 * width, 2 * height, BufferedImage.TYPE_INT_RGB);
    labels = new BufferedImage(2 * width, 2 * height, BufferedImage.TYPE_INT_RGB);
    colourBrush = colours.createGraphics();
    labelBrush = labels.createGraphics();
    colourBrush.scale(2, 2);
    labelBrush.scale(2, 2);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  Look look() {
    return look;
  }

  /** A surface {@code depth} metres away. */
  void fill(int trainId, Shape shape, Color surface, double depth) {
    paint(trainId, shape, look.shade(surface, depth));
  }

  /** A lamp or a lit window {@code depth} metres away. */
  void glow(int trainId, Shape shape, Color lamp, double depth) {
    paint(trainId, shape, look.glow(lamp, depth));
  }

  /** Everything above the horizon's row, and below it, as sky. */
  void sky(double horizon) {
    Paint gradient =
        new GradientPaint(0, 0, look.skyTop, 0, (float) Math.max(1, horizon), look.skyBottom);
    paint(TrainId.SKY, new Rectangle2D.Double(0, 0, width, height), gradient);
  }

  /** Colour laid over what is there, whose labels stay: clouds, shadows. */
  void veil(Shape shape, Color colour, int alpha) {
    colourBrush.setPaint(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha));
    colourBrush.fill(shape);
  }

  private void paint(int trainId, Shape shape, Paint paint) {
    colourBrush.setPaint(paint);
    colourBrush.fill(shape);
    labelBrush.setColor(new Color(trainId));
    labelBrush.fill(shape);
  }

  RgbImage image() {
    int[] fine = ((DataBufferInt) colours.getRaster().getDataBuffer()).getData();
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0, o = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = 4 * y * width + 2 * x;
        for (int shift = 16; shift >= 0; shift -= 8) {
          int sum =
              (fine[i] >> shift & 255)
                  + (fine[i + 1] >> shift & 255)
                  + (fine[i + 2 * width] >> shift & 255)
                  + (fine[i + 2 * width + 1] >> shift & 255);
          rgb[o++] = (byte) ((sum + 2) / 4);
        }
      }
    }
    return new RgbImage(width, height, rgb);
  }

  LabelMap labels() {
    int[] fine = ((DataBufferInt) labels.getRaster().getDataBuffer()).getData();
    byte[] ids = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = 4 * y * width + 2 * x;
        ids[y * width + x] =
            (byte) mostFrequent(fine[i], fine[i + 1], fine[i + 2 * width], fine[i + 2 * width + 1]);
      }
    }
    return new LabelMap(width, height, ids);
  }

  /** The most frequent of four labels; of two pairs, the first. */
  private static int mostFrequent(int a, int b, int c, int d) {
    int first = a & 255;
    int second = b & 255;
    int third = c & 255;
    int fourth = d & 255;
    if (first == second || first == third || first == fourth) {
      return first;
    }
    return second == third || second == fourth ? second : third == fourth ? third : first;
  }
}
