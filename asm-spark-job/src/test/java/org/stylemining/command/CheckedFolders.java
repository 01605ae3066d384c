package org.stylemining.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

/** CamVid sets of small pictures, no two alike, for the check of data sets. */
final class CheckedFolders {
  static final int WIDTH = 16;
  static final int HEIGHT = 12;
  private static final int CLASSES = 11;

  private CheckedFolders() {}

  /** So many pairs {@code 000.png}, ..., each with all classes. */
  static void camvid(Path folder, int count, int seed) {
    for (int i = 0; i < count; i++) {
      write(image(folder, i), picture(WIDTH, HEIGHT, 1000 * seed + i));
      write(label(folder, i), labels(WIDTH, HEIGHT, 1000 * seed + i));
    }
  }

  static Path image(Path folder, int index) {
    return folder.resolve("images/%03d.png".formatted(index));
  }

  static Path label(Path folder, int index) {
    return folder.resolve("labels/%03d.png".formatted(index));
  }

  static byte[] picture(int width, int height, int seed) {
    byte[] rgb = new byte[3 * width * height];
    new Random(seed).nextBytes(rgb);
    return ImageFiles.encodePng(new RgbImage(width, height, rgb));
  }

  static byte[] labels(int width, int height, int seed) {
    Random random = new Random(seed);
    byte[] ids = new byte[width * height];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) (i < CLASSES ? i : random.nextInt(CLASSES));
    }
    return ImageFiles.encodeGreyPng(new LabelMap(width, height, ids));
  }

  static byte[] labelsOf(int value) {
    return ImageFiles.encodeGreyPng(LabelMap.filled(WIDTH, HEIGHT, value));
  }

  static void truncate(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      write(file, Arrays.copyOf(bytes, bytes.length / 2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void copy(Path from, Path to) {
    try {
      write(to, Files.readAllBytes(from));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
