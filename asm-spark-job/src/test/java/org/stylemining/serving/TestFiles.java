package org.stylemining.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** Files that have names, sizes and times, but no contents. */
final class TestFiles {
  private TestFiles() {}

  static Path make(Path folder, String name, int bytes) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, new byte[bytes]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void age(Path file, long modified) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
  }
}
