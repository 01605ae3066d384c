package org.stylemining.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder that the module deploy/local assembles, and where tests leave their files. */
public final class Distribution {
  private static final Path FOLDER = Path.of(System.getProperty("distribution")).normalize();
  private static final Path WORK = Path.of(System.getProperty("clusters"));

  private Distribution() {}

  /**
   * The distribution's folder, which is a Spark home too.
   *
   * @throws AssertionError where it was not built
   */
  public static Path folder() {
    if (!Files.isDirectory(FOLDER.resolve("lib"))) {
      throw new AssertionError(
          FOLDER + ": expected the distribution, which mvn -B -DskipTests package makes");
    }
    return FOLDER;
  }

  /**
   * A folder that outlives the tests: logs of daemons and commands, kept for a look at failures.
   */
  public static Path workFolder() {
    return WORK;
  }

  /** A new empty folder in the work folder, or the emptied one of an earlier run. */
  public static Path emptyFolder(String name) throws IOException {
    Path folder = WORK.resolve(name);
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  /** The application jar, as spark-submit takes it. */
  public static Path application() {
    try (Stream<Path> files = Files.list(folder().resolve("lib"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * {@code bin/asm} with words.
   *
   * <p>One thread per task, so that sums have one order on every machine, and one folder of
   * unpacked native libraries, so that tests are short.
   */
  public static Command asm(String... words) {
    return command("bin/asm", words)
        .with("ASM_NATIVE_CACHE", nativeCache().toString())
        .with("OMP_NUM_THREADS", "1");
  }

  /** {@code bin/asm make-demo-data}: the images of {@link Experiment}, always the same. */
  public static Command drawing(String out) {
    return asm(
        "make-demo-data",
        "--out",
        out,
        "--images",
        "6",
        "--target",
        "8",
        "--width",
        "64",
        "--height",
        "32");
  }

  /** {@code bin/spark-submit} with words. */
  public static Command submit(String... words) {
    return command("bin/spark-submit", words);
  }

  /** Commands of a terminal, for which {@code $ASM} is the distribution's folder. */
  public static Command script(String commands) {
    return new Command(List.of("bash", "-eu", "-c", commands)).with("ASM", folder().toString());
  }

  /** The folder of unpacked native libraries that commands of {@link #asm} share. */
  public static Path nativeCache() {
    return WORK.resolve("natives");
  }

  private static Command command(String program, String... words) {
    return new Command(
        Stream.concat(Stream.of(folder().resolve(program).toString()), Stream.of(words)).toList());
  }

  /** The words that start a class of the distribution's Spark runtime. */
  public static List<String> sparkClass(String... words) {
    return Stream.concat(
            Stream.of(folder().resolve("bin/spark-class").toString()), Stream.of(words))
        .toList();
  }
}
