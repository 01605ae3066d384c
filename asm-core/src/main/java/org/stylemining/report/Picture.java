package org.stylemining.report;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.Resize;
import org.stylemining.image.RgbImage;
import org.stylemining.image.UnreadableImage;

/** Images as they stand in the page: within it, and no larger than a screen shows them. */
final class Picture {
  private static final Logger LOG = LoggerFactory.getLogger(Picture.class);
  private static final float JPEG_QUALITY = 0.88f;

  private Picture() {}

  /**
   * An {@code img} of a photograph, at most so many pixels wide; nothing where the file cannot be
   * read.
   */
  static Optional<String> photograph(FileSystem fileSystem, Path file, int mostWidth, String alt) {
    return read(fileSystem, file)
        .flatMap(
            bytes -> {
              try {
                RgbImage image = ImageFiles.decodeRgb(bytes);
                if (image.width() > mostWidth) {
                  int height =
                      Math.max(1, Math.round((float) image.height() * mostWidth / image.width()));
                  image = Resize.bicubic(image, mostWidth, height);
                }
                return Optional.of(
                    tag("image/jpeg", jpeg(image), image.width(), image.height(), alt));
              } catch (IOException e) {
                return leftOut(file, e);
              }
            });
  }

  /**
   * An {@code img} of a PNG exactly as it is, as flat colours want it; nothing where the file
   * cannot be read.
   */
  static Optional<String> exact(FileSystem fileSystem, Path file, String alt) {
    return read(fileSystem, file)
        .flatMap(
            bytes -> {
              try {
                RgbImage image = ImageFiles.decodeRgb(bytes);
                return Optional.of(tag("image/png", bytes, image.width(), image.height(), alt));
              } catch (UnreadableImage e) {
                return leftOut(file, e);
              }
            });
  }

  /** An {@code img} of a photograph in the size that it has. */
  static String photograph(RgbImage image, String alt) {
    try {
      return tag("image/jpeg", jpeg(image), image.width(), image.height(), alt);
    } catch (IOException e) {
      throw new UncheckedIOException("a JPEG in memory could not be written", e);
    }
  }

  /** An {@code img} of labels in their classes' colours. */
  static String flat(LabelMap labels, LabelSpace space, String alt) {
    byte[] png = ImageFiles.encodePalettePng(labels, space.palette());
    return tag("image/png", png, labels.width(), labels.height(), alt);
  }

  private static Optional<byte[]> read(FileSystem fileSystem, Path file) {
    try (var in = fileSystem.open(file)) {
      return Optional.of(in.readAllBytes());
    } catch (IOException e) {
      LOG.warn("{} is left out of the report: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private static Optional<String> leftOut(Path file, Exception reason) {
    LOG.warn("{} is left out of the report: {}", file, reason.toString());
    return Optional.empty();
  }

  private static String tag(String type, byte[] bytes, int width, int height, String alt) {
    return "<img src=\"data:%s;base64,%s\" width=\"%d\" height=\"%d\" alt=\"%s\">"
        .formatted(
            type, Base64.getEncoder().encodeToString(bytes), width, height, Html.escape(alt));
  }

  private static byte[] jpeg(RgbImage image) throws IOException {
    BufferedImage out =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) out.getRaster().getDataBuffer()).getData();
    byte[] rgb = image.rgb();
    for (int i = 0; i < rgb.length; i += 3) {
      bgr[i] = rgb[i + 2];
      bgr[i + 1] = rgb[i + 1];
      bgr[i + 2] = rgb[i];
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(JPEG_QUALITY);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(out, null, null), settings);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
