package org.stylemining.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

/** Writes tiny data sets file by file. */
final class SmallSets {
  static final Configuration HADOOP = new Configuration();

  private SmallSets() {}

  static void image(Path file, int width, int height) {
    write(file, ImageFiles.encodePng(RgbImage.filled(width, height, new int[] {10, 100, 200})));
  }

  static void grey(Path file, int width, int height, int value) {
    write(file, ImageFiles.encodeGreyPng(LabelMap.filled(width, height, value)));
  }

  static void rgb16(Path file, int width, int height, int value) {
    int[] first = new int[width * height];
    Arrays.fill(first, value);
    int[] instance = new int[width * height];
    Arrays.fill(instance, 4321);
    write(
        file,
        ImageFiles.encodeRgb16Png(
            width, height, new int[][] {first, instance, new int[width * height]}));
  }

  static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DatasetRoot root(Path folder) {
    return DatasetRoot.of("data.sources[0]", folder.toString(), Optional.empty(), 0, HADOOP);
  }

  static DatasetRoot root(Path folder, String split) {
    return DatasetRoot.of("data.sources[0]", folder.toString(), Optional.of(split), 0, HADOOP);
  }

  /** A CamVid set of so many pairs {@code 000.png}, ... of 8x6 pixels, all road. */
  static void camvid(Path folder, int count) {
    for (int i = 0; i < count; i++) {
      image(folder.resolve("images/%03d.png".formatted(i)), 8, 6);
      grey(folder.resolve("labels/%03d.png".formatted(i)), 8, 6, 3);
    }
  }
}
