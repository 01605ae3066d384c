package org.stylemining.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Java process that oneDNN is asked to speak in. ND4J does not tell what ran; oneDNN does, on the
 * C library's standard output, where {@code DNNL_VERBOSE} was set before it started.
 *
 * @param main class with a main method, on this process's class path
 * @param heap such as {@code 256m}
 * @param patience seconds that it may take
 */
public record OneDnnProcess(Class<?> main, String heap, int patience) {
  private static final String NATIVES = "org.bytedeco.javacpp.";

  /**
   * Runs it to its end.
   *
   * @param options of Java's, beside those about memory and natives, which are this process's
   * @param arguments of the main method
   * @return what it wrote on both its streams
   * @throws IllegalStateException where it fails or takes too long
   */
  public List<String> run(List<String> options, List<String> arguments) {
    try {
      Path output = Files.createTempFile("asm-onednn", ".txt");
      try {
        run(command(options, arguments), output);
        return read(output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not start a process: " + e.getMessage(), e);
    }
  }

  private List<String> command(List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(NATIVES) || name.equals("log4j2.configurationFile"))
        .sorted()
        .forEach(name -> command.add("-D%s=%s".formatted(name, System.getProperty(name))));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }

  private void run(List<String> command, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("DNNL_VERBOSE", "1");
    Process process = builder.start();
    try {
      if (!process.waitFor(patience, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "%s in a process of its own took more than %d s"
                .formatted(main.getSimpleName(), patience));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a process ran", e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      String said =
          read(output).stream()
              .filter(line -> !line.startsWith("dnnl_verbose"))
              .findFirst()
              .orElse("it said nothing");
      throw new IllegalStateException(
          "%s in a process of its own ended with status %d: %s"
              .formatted(main.getSimpleName(), process.exitValue(), said));
    }
  }

  /** Natives may write bytes of any kind. */
  private static List<String> read(Path output) throws IOException {
    return Files.readString(output, StandardCharsets.ISO_8859_1).lines().toList();
  }
}
