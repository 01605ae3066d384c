package org.stylemining.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whether oneDNN, several times faster than libnd4j's own loops, does what it is there for. ND4J
 * does not tell; oneDNN does, on the C library's standard output, so a process of its own is asked.
 */
final class OneDnn {
  private static final String CONVOLUTION = "convolution";
  private static final String PRODUCT = "matmul";
  private static final long PATIENCE_SECONDS = 120;
  private static final String REMEDY =
      "build with the natives of the classifier linux-x86_64-onednn, as this project's pom.xml does; convolutions are several times slower without";

  private final OneDnnTrace trace;

  private OneDnn(OneDnnTrace trace) {
    this.trace = trace;
  }

  /**
   * Runs a convolution and a matrix product in another process.
   *
   * @throws IllegalStateException where that process fails
   */
  static OneDnn ask(Surroundings here) {
    try {
      Path output = Files.createTempFile("asm-doctor", ".txt");
      try {
        run(command(here), output);
        return new OneDnn(OneDnnTrace.of(Files.readAllLines(output, StandardCharsets.UTF_8)));
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not start a process: " + e.getMessage(), e);
    }
  }

  private static List<String> command(Surroundings here) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-Dorg.bytedeco.javacpp.cachedir=" + here.nativeCache());
    String logging = System.getProperty("log4j2.configurationFile");
    if (logging != null) {
      command.add("-Dlog4j2.configurationFile=" + logging);
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), OneDnnProbe.class.getName()));
    return command;
  }

  private static void run(List<String> command, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("DNNL_VERBOSE", "1");
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "a convolution in a process of its own took more than %d s"
                .formatted(PATIENCE_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a process ran a convolution", e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      String last =
          Files.readAllLines(output, StandardCharsets.UTF_8).stream()
              .filter(line -> !line.startsWith("dnnl_verbose"))
              .findFirst()
              .orElse("it said nothing");
      throw new IllegalStateException(
          "a process that ran a convolution ended with status %d: %s"
              .formatted(process.exitValue(), last));
    }
  }

  List<Fact> facts() {
    return List.of(
        new Fact(
            "backend",
            "oneDNN",
            trace.library().isEmpty()
                ? "not there, or not used"
                : trace.library() + ", " + trace.instructions()));
  }

  List<Check> checks() {
    return List.of(used("oneDNN's convolution", CONVOLUTION), used("oneDNN's product", PRODUCT));
  }

  private Check used(String name, String primitive) {
    List<String> implementations = trace.implementations(primitive);
    return Check.of(
        name,
        !implementations.isEmpty(),
        implementations.isEmpty()
            ? "a float %s did not reach oneDNN".formatted(primitive)
            : "a float %s ran as %s".formatted(primitive, String.join(", ", implementations)),
        REMEDY);
  }
}
