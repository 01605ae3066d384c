package org.stylemining.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.image.RgbImage;

/** Text on images: white on a dark, translucent ground, so that it reads on any image. */
final class Captions {
  private static final Logger LOG = LoggerFactory.getLogger(Captions.class);
  private static final Color GROUND = new Color(16, 18, 22, 178);

  private Captions() {}

  /**
   * A copy of an image with captions along its upper edge.
   *
   * @param lefts column at which each caption's image starts
   * @return the image without captions where this Java finds no font
   */
  static RgbImage draw(RgbImage image, List<String> captions, int[] lefts) {
    try {
      return drawn(image, captions, lefts);
    } catch (RuntimeException | LinkageError | InternalError e) {
      // So ends AWT on machines without any font, in a way that depends on the Java version.
      LOG.warn("captions are left out: this Java finds no fonts ({})", e.toString());
      return image;
    }
  }

  private static RgbImage drawn(RgbImage image, List<String> captions, int[] lefts) {
    BufferedImage canvas =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) canvas.getRaster().getDataBuffer()).getData();
    swapRedAndBlue(image.rgb(), bgr);
    Graphics2D graphics = canvas.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      int size = Math.max(9, Math.min(18, image.height() / 14));
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
      FontMetrics metrics = graphics.getFontMetrics();
      int margin = size / 2;
      for (int i = 0; i < lefts.length; i++) {
        String caption = captions.get(i);
        if (caption.isEmpty()) {
          continue;
        }
        int x = lefts[i] + margin;
        graphics.setColor(GROUND);
        graphics.fillRoundRect(
            x,
            margin,
            metrics.stringWidth(caption) + size,
            metrics.getHeight() + size / 3,
            size / 2,
            size / 2);
        graphics.setColor(Color.WHITE);
        graphics.drawString(caption, x + size / 2, margin + size / 6 + metrics.getAscent());
      }
    } finally {
      graphics.dispose();
    }
    byte[] rgb = new byte[bgr.length];
    swapRedAndBlue(bgr, rgb);
    return new RgbImage(image.width(), image.height(), rgb);
  }

  private static void swapRedAndBlue(byte[] from, byte[] to) {
    for (int i = 0; i < from.length; i += 3) {
      to[i] = from[i + 2];
      to[i + 1] = from[i + 1];
      to[i + 2] = from[i];
    }
  }
}
