package org.stylemining.data.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stylemining.image.RgbImage;
import org.stylemining.image.UnreadableImage;

/** Files that Python, SciPy and h5py wrote: src/test/python/digit_fixtures.py. */
class DigitFormatsTest {
  private static final int COUNT = 12;

  static byte[] file(String name) throws IOException {
    try (InputStream in = DigitFormatsTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** The value that the script writes. */
  private static int value(int n, int y, int x, int c) {
    return (37 * n + 11 * y + 5 * x + 83 * c) % 256;
  }

  private static void assertImages(Digits digits, int count, int width, int height, boolean grey) {
    assertThat(digits.imageCount()).isEqualTo(count);
    for (int n = 0; n < count; n++) {
      RgbImage image = digits.image(n);
      assertThat(image.width()).isEqualTo(width);
      assertThat(image.height()).isEqualTo(height);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          for (int c = 0; c < 3; c++) {
            assertThat(image.at(x, y, c))
                .as("image %d, row %d, column %d, colour %d", n, y, x, c)
                .isEqualTo(value(n, y, x, grey ? 0 : c));
          }
        }
      }
    }
  }

  private static void assertClasses(Digits digits, int count) {
    assertThat(digits.classCount()).isEqualTo(count);
    for (int n = 0; n < count; n++) {
      assertThat(digits.label(n).ids()).containsExactly((byte) (n % 10));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte"
  })
  void idxFilesHoldGreyImagesOrClasses(String images, String classes) throws Exception {
    DigitFormat idx = new IdxFormat();
    assertImages(idx.read(file(images), ""), COUNT, 20, 28, true);
    assertClasses(idx.read(file(classes), ""), COUNT);
  }

  @ParameterizedTest
  @CsvSource({"ZIP_CODE, zip.train.gz", "ZIP_CODE, zip.test", "LIBSVM, usps.bz2", "LIBSVM, usps.t"})
  void uspsIsTextInTwoForms(UspsText format, String name) throws Exception {
    Digits digits = format.read(file(name), "");
    assertImages(digits, COUNT, 16, 16, true);
    assertClasses(digits, COUNT);
  }

  @ParameterizedTest
  @CsvSource({"train", "test"})
  void uspsIsHdf5WithTwoParts(String part) throws Exception {
    Digits digits = new UspsHdf5().read(file("usps.h5"), part);
    assertImages(digits, COUNT, 16, 16, true);
    assertClasses(digits, COUNT);
  }

  @ParameterizedTest
  @CsvSource({"train_32x32.mat, 12", "test_32x32.mat, 3"})
  void svhnIsMatlabsOrderOfBytes(String name, int count) throws Exception {
    Digits digits = new SvhnMat().read(file(name), "");
    assertImages(digits, count, 32, 32, false);
    assertClasses(digits, count);
  }

  @Test
  void aSingleImageHasNoFourthDimension() throws Exception {
    Digits digits = new SvhnMat().read(file("one.mat"), "");
    assertThat(digits.imageCount()).isEqualTo(1);
    assertThat(digits.image(0).at(7, 3, 2)).isEqualTo(value(4, 3, 7, 2));
    assertThat(digits.label(0).ids()).containsExactly((byte) 4);
  }

  @Test
  void valuesThatLibSvmLeavesOutAreHalfGrey() throws Exception {
    Digits digits = UspsText.LIBSVM.read("1 2:1 256:-1\n".getBytes(StandardCharsets.UTF_8), "");
    assertThat(digits.image(0).at(0, 0, 0)).isEqualTo(128);
    assertThat(digits.image(0).at(1, 0, 0)).isEqualTo(255);
    assertThat(digits.image(0).at(15, 15, 0)).isZero();
    assertThat(digits.label(0).ids()).containsExactly((byte) 0);
  }

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte.gz",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
    "zip.train.gz",
    "usps.bz2",
    "usps.h5",
    "train_32x32.mat",
    "test_32x32.mat"
  })
  void aTruncatedFileIsUnreadable(String name) throws Exception {
    byte[] whole = file(name);
    for (int length : new int[] {0, 3, whole.length / 2, whole.length - 9}) {
      assertThatThrownBy(() -> format(name).read(Arrays.copyOf(whole, length), part(name)))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(UnreadableImage.class);
    }
  }

  @Test
  void aLineThatEndsEarlyIsUnreadable() throws Exception {
    byte[] whole = file("zip.test");
    assertUnreadable(
        UspsText.ZIP_CODE,
        Arrays.copyOf(whole, whole.length - 100),
        "line 12: expected 256 values");
    assertUnreadable(UspsText.LIBSVM, new byte[0], "holds no line with an image");
  }

  private static DigitFormat format(String name) {
    return name.endsWith(".mat")
        ? new SvhnMat()
        : name.endsWith(".h5")
            ? new UspsHdf5()
            : name.startsWith("zip")
                ? UspsText.ZIP_CODE
                : name.startsWith("usps") ? UspsText.LIBSVM : new IdxFormat();
  }

  private static String part(String name) {
    return name.endsWith(".h5") ? "test" : "";
  }

  @Test
  void messagesSayWhatWasExpectedAndFound() {
    assertUnreadable(
        new IdxFormat(), ByteBuffer.allocate(8).putInt(0x0d03).array(), "found 0x00000d03");
    assertUnreadable(
        new IdxFormat(),
        ByteBuffer.allocate(10).putInt(0x801).putInt(3).array(),
        "expected 3 bytes behind the header, found 2");
    assertUnreadable(
        new IdxFormat(),
        ByteBuffer.allocate(9).putInt(0x801).putInt(1).put((byte) 12).array(),
        "expected classes 0..9, found 12 at index 0");
    assertUnreadable(
        UspsText.ZIP_CODE, "3 0.5 0.25\n".getBytes(StandardCharsets.UTF_8), "line 1: expected 256");
    assertUnreadable(
        UspsText.LIBSVM,
        "\n1 1:0.5\n11 1:0\n".getBytes(StandardCharsets.UTF_8),
        "line 3: expected a digit 0..9, found 10");
    assertUnreadable(
        UspsText.LIBSVM, "1 300:1\n".getBytes(StandardCharsets.UTF_8), "an index of 1..256");
    assertUnreadable(
        UspsText.LIBSVM, "1 3:7\n".getBytes(StandardCharsets.UTF_8), "from -1.0 to 1.0, found 7.0");
    assertUnreadable(new UspsHdf5(), new byte[600], "HDF5");
    assertUnreadable(new SvhnMat(), new byte[600], "MAT file of version 5");
  }

  private static void assertUnreadable(DigitFormat format, byte[] file, String reason) {
    assertThatThrownBy(() -> format.read(file, "train"))
        .isInstanceOf(UnreadableImage.class)
        .hasMessageContaining(reason);
  }
}
