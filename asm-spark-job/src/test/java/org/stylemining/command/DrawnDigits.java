package org.stylemining.command;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Digits of seven segments in the files of MNIST (28x28, white on black) and of USPS (16x16, noisy
 * and grey on grey). Image i shows the digit i mod 10.
 */
final class DrawnDigits {
  /** Segments by digit: top, upper left, upper right, middle, lower left, lower right, bottom. */
  private static final String[] SEGMENTS = {
    "1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010",
    "1111111", "1111011"
  };

  private DrawnDigits() {}

  static void mnist(Path folder, String part, int count) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(1);
    ByteArrayOutputStream images = new ByteArrayOutputStream();
    ByteArrayOutputStream classes = new ByteArrayOutputStream();
    DataOutputStream imageFile = new DataOutputStream(images);
    DataOutputStream classFile = new DataOutputStream(classes);
    for (int number : new int[] {0x803, count, 28, 28}) {
      imageFile.writeInt(number);
    }
    for (int number : new int[] {0x801, count}) {
      classFile.writeInt(number);
    }
    for (int i = 0; i < count; i++) {
      for (double value : digit(i % 10, 28, random)) {
        imageFile.writeByte((int) Math.round(255 * value));
      }
      classFile.writeByte(i % 10);
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.toByteArray());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), classes.toByteArray());
  }

  static void usps(Path folder, String name, int count) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(2);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i % 10);
      for (double value : digit(i % 10, 16, random)) {
        double grey = 1.2 * value - 0.7 + 0.1 * random.nextGaussian();
        text.append(String.format(Locale.ROOT, " %.3f", Math.max(-1, Math.min(1, grey))));
      }
      text.append('\n');
    }
    Files.writeString(folder.resolve(name), text);
  }

  private static double[] digit(int digit, int size, Random random) {
    double[] image = new double[size * size];
    int thick = Math.max(2, size / 9);
    int width = size / 2;
    int half = size * 3 / 8;
    int left = size / 4 + random.nextInt(3) - 1;
    int top = size / 8 + random.nextInt(3) - 1;
    String on = SEGMENTS[digit];
    int right = left + width - thick;
    bar(image, size, on.charAt(0), left, top, width, thick);
    bar(image, size, on.charAt(1), left, top, thick, half);
    bar(image, size, on.charAt(2), right, top, thick, half);
    bar(image, size, on.charAt(3), left, top + half - thick, width, thick);
    bar(image, size, on.charAt(4), left, top + half, thick, half);
    bar(image, size, on.charAt(5), right, top + half, thick, half);
    bar(image, size, on.charAt(6), left, top + 2 * half - thick, width, thick);
    return image;
  }

  private static void bar(
      double[] image, int size, char on, int left, int top, int width, int height) {
    for (int y = Math.max(0, top); on == '1' && y < Math.min(size, top + height); y++) {
      for (int x = Math.max(0, left); x < Math.min(size, left + width); x++) {
        image[y * size + x] = 1;
      }
    }
  }
}
