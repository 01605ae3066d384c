package org.stylemining.data.digits;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.StringTokenizer;
import org.stylemining.image.UnreadableImage;

/**
 * USPS (Hull 1994) as text, compressed or not: an image of 16x16 grey values -1..1 a line, its
 * class first.
 */
enum UspsText implements DigitFormat {
  /** The "zip code" files of Hastie et al.: all values in order, classes 0..9. */
  ZIP_CODE(0) {
    @Override
    void values(StringTokenizer words, double[] values) throws UnreadableImage {
      for (int i = 0; i < values.length; i++) {
        if (!words.hasMoreTokens()) {
          throw new UnreadableImage("expected %d values, found %d".formatted(values.length, i));
        }
        values[i] = Double.parseDouble(words.nextToken());
      }
      if (words.hasMoreTokens()) {
        throw new UnreadableImage("expected %d values, found more".formatted(values.length));
      }
    }
  },

  /**
   * LIBSVM's files: {@code index:value} with indices from 1, values left out are 0, class c + 1.
   */
  LIBSVM(1) {
    @Override
    void values(StringTokenizer words, double[] values) throws UnreadableImage {
      Arrays.fill(values, 0);
      while (words.hasMoreTokens()) {
        String word = words.nextToken();
        int colon = word.indexOf(':');
        int index = colon < 0 ? 0 : Integer.parseInt(word, 0, colon, 10);
        if (index < 1 || index > values.length) {
          throw new UnreadableImage(
              "expected INDEX:VALUE with an index of 1..%d, found %s"
                  .formatted(values.length, word));
        }
        values[index - 1] = Double.parseDouble(word.substring(colon + 1));
      }
    }
  };

  static final int SIDE = 16;

  /** What a file writes for the digit 0. */
  private final int zero;

  UspsText(int zero) {
    this.zero = zero;
  }

  abstract void values(StringTokenizer words, double[] values) throws UnreadableImage;

  @Override
  public Digits read(byte[] file, String part) throws UnreadableImage {
    return DigitFormat.attempt("lines of numbers", () -> read(file));
  }

  private Digits read(byte[] file) throws IOException {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    ByteArrayOutputStream classes = new ByteArrayOutputStream();
    double[] values = new double[SIDE * SIDE];
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Uncompressed.of(file), StandardCharsets.US_ASCII))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        try {
          StringTokenizer words = new StringTokenizer(line);
          classes.write(Digits.classOf(Double.parseDouble(words.nextToken()) - zero));
          values(words, values);
          for (double value : values) {
            pixels.write(GreyValue.of(value, -1, 1));
          }
        } catch (UnreadableImage | NumberFormatException e) {
          throw new UnreadableImage("line %d: %s".formatted(number, e.getMessage()), e);
        }
      }
    }
    if (classes.size() == 0) {
      throw new UnreadableImage("holds no line with an image");
    }
    return Digits.of(SIDE, SIDE, 1, pixels.toByteArray(), classes.toByteArray());
  }
}
