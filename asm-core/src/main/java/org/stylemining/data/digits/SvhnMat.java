package org.stylemining.data.digits;

import java.io.IOException;
import java.util.Arrays;
import org.stylemining.image.UnreadableImage;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Source;
import us.hebi.matlab.mat.types.Sources;

/**
 * SVHN's cropped digits (Netzer et al. 2011): a MAT file of version 5 with {@code X}, bytes [row,
 * column, colour, image], and {@code y} [image], in which 10 stands for the digit 0.
 */
final class SvhnMat implements DigitFormat {
  private static final int ZERO = 10;

  @Override
  public Digits read(byte[] file, String part) throws UnreadableImage {
    return DigitFormat.attempt("a MAT file of version 5 with X and y", () -> read(file));
  }

  private static Digits read(byte[] file) throws IOException {
    try (Source source = Sources.wrap(file);
        Mat5File mat = Mat5.newReader(source).readMat()) {
      Matrix images = mat.getMatrix("X");
      Matrix labels = mat.getMatrix("y");
      int[] shape = images.getDimensions();
      // MATLAB drops the last dimension of a single image.
      int count = shape.length == 3 ? 1 : shape.length == 4 ? shape[3] : 0;
      if (count == 0 || shape[2] != 3 || count != labels.getNumElements()) {
        throw new UnreadableImage(
            "expected X of height x width x 3 x N and y of N, found %s and %s"
                .formatted(Arrays.toString(shape), Arrays.toString(labels.getDimensions())));
      }
      byte[] classes = new byte[count];
      for (int i = 0; i < classes.length; i++) {
        int label = labels.getInt(i);
        if (label < 1 || label > ZERO) {
          throw new UnreadableImage("expected y of 1..10, found %d at %d".formatted(label, i));
        }
        classes[i] = (byte) (label % ZERO);
      }
      return Digits.of(shape[1], shape[0], 3, rowMajor(images, shape[0], shape[1], count), classes);
    }
  }

  /** MATLAB counts rows first and images last. */
  private static byte[] rowMajor(Matrix images, int height, int width, int count) {
    byte[] pixels = new byte[images.getNumElements()];
    int plane = height * width;
    for (int n = 0; n < count; n++) {
      int image = n * 3 * plane;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int to = image + 3 * (y * width + x);
          int from = image + x * height + y;
          for (int c = 0; c < 3; c++) {
            pixels[to + c] = images.getByte(from + c * plane);
          }
        }
      }
    }
    return pixels;
  }
}
