package org.stylemining.decoders;

import ar.com.hjg.pngj.ImageLineByte;
import ar.com.hjg.pngj.PngReaderByte;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.stylemining.image.ImageFiles;

/** Milliseconds that decoders take from a PNG's bytes to its pixels in the Java heap, on one thread. */
public final class Decoders {
  private interface Decoder {
    /** Number of bytes of pixels, so that no decoder's work can be left out. */
    long decode(byte[] file) throws Exception;
  }

  private Decoders() {}

  public static void main(String[] files) throws Exception {
    Map<String, Decoder> decoders = new LinkedHashMap<>();
    decoders.put("asm (ImageIO, checksums, RGB)", file -> ImageFiles.decodeRgb(file).rgb().length);
    decoders.put(
        "ImageIO alone",
        file -> ImageIO.read(new ByteArrayInputStream(file)).getRaster().getDataBuffer().getSize());
    decoders.put("PNGJ 2.1.0", Decoders::pngj);
    decoders.put("OpenCV 4.5.5 (libpng, zlib)", Decoders::openCv);
    ImageIO.setUseCache(false);
    for (String name : files) {
      byte[] file = Files.readAllBytes(Path.of(name));
      System.out.printf(Locale.ROOT, "%s, %.2f MB%n", Path.of(name).getFileName(), file.length / 1e6);
      // In turn, so that a drift of the machine's speed meets all of them.
      double[][] millis = new double[decoders.size()][30];
      for (int i = -10; i < 30; i++) {
        int d = 0;
        for (Decoder decoder : decoders.values()) {
          long start = System.nanoTime();
          if (decoder.decode(file) < 1) {
            throw new IllegalStateException("no pixels");
          }
          if (i >= 0) {
            millis[d][i] = (System.nanoTime() - start) / 1e6;
          }
          d++;
        }
      }
      int d = 0;
      for (String decoder : decoders.keySet()) {
        Arrays.sort(millis[d]);
        System.out.printf(
            Locale.ROOT, "  %-32s %7.1f ms median, %7.1f least%n", decoder, millis[d][15], millis[d][0]);
        d++;
      }
    }
  }

  private static long pngj(byte[] file) {
    PngReaderByte reader = new PngReaderByte(new ByteArrayInputStream(file));
    int stride = reader.imgInfo.cols * reader.imgInfo.channels;
    byte[] pixels = new byte[stride * reader.imgInfo.rows];
    for (int y = 0; y < reader.imgInfo.rows; y++) {
      ImageLineByte line = (ImageLineByte) reader.readRow();
      System.arraycopy(line.getScanline(), 0, pixels, y * stride, stride);
    }
    reader.end();
    return pixels.length;
  }

  private static long openCv(byte[] file) {
    try (BytePointer pointer = new BytePointer(file);
        Mat encoded = new Mat(1, file.length, 0, pointer);
        Mat image = opencv_imgcodecs.imdecode(encoded, opencv_imgcodecs.IMREAD_COLOR)) {
      byte[] pixels = new byte[Math.toIntExact(image.total() * image.channels())];
      image.data().get(pixels);
      return pixels.length;
    }
  }
}
