package org.stylemining.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A command of the distribution, to be run to its end or in the background. */
public final class Command {
  private final List<String> words;
  private final Map<String, String> environment = new TreeMap<>();
  private Duration limit = Duration.ofMinutes(6);

  Command(List<String> words) {
    this.words = List.copyOf(words);
  }

  /** Sets a variable of the environment. */
  public Command with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Sets variables of the environment. */
  public Command with(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /** Sets how long the command may take. */
  public Command within(Duration deadline) {
    limit = deadline;
    return this;
  }

  /**
   * Runs the command.
   *
   * @throws AssertionError where it did not end in time; it is ended then, with all it started
   */
  public Ended run() throws IOException, InterruptedException {
    return start().await();
  }

  /** Starts the command and returns at once. */
  public Running start() throws IOException {
    Path folder = Files.createDirectories(Distribution.workFolder().resolve("commands"));
    Path output = Files.createTempFile(folder, name() + "-", ".out");
    Path errors = output.resolveSibling(output.getFileName().toString().replace(".out", ".err"));
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectOutput(output.toFile()).redirectError(errors.toFile());
    Environment.prepare(builder, environment);
    return new Running(words, builder.start(), output, errors, limit);
  }

  private String name() {
    return words.stream()
        .skip(1)
        .filter(
            word ->
                word.matches(
                    "(pre)?train|evaluate|compare|segment|report|watch|make-demo-data|version"))
        .findFirst()
        .orElse("command");
  }

  /** A command that runs. */
  public static final class Running implements AutoCloseable {
    private final List<String> words;
    private final Process process;
    private final Path output;
    private final Path errors;
    private final Duration limit;
    private final Thread atExit;

    private Running(List<String> words, Process process, Path output, Path errors, Duration limit) {
      this.words = words;
      this.process = process;
      this.output = output;
      this.errors = errors;
      this.limit = limit;
      // Where the JVM of the tests is told to end early, its commands end too.
      this.atExit = new Thread(() -> Processes.kill(process.toHandle()), "end of a command");
      Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** What it has written on the standard output stream so far. */
    public String output() throws IOException {
      return text(output);
    }

    /** What it has written on the standard error stream so far. */
    public String errors() throws IOException {
      return text(errors);
    }

    /**
     * Waits until something is so while the command runs, such as a file that it leaves.
     *
     * @throws AssertionError where the command ends before, or its time is up
     */
    public void awaitWhileRunning(String what, Callable<Boolean> so) throws Exception {
      long end = System.nanoTime() + limit.toNanos();
      while (!so.call()) {
        if (!process.isAlive() || System.nanoTime() > end) {
          process.destroy();
          throw new AssertionError("not seen: " + what + "; " + await());
        }
        Thread.sleep(100);
      }
    }

    /** Waits until the command has written a text on the standard output stream. */
    public void awaitOutput(String text) throws Exception {
      awaitWhileRunning(text, () -> output().contains(text));
    }

    public boolean isAlive() {
      return process.isAlive();
    }

    /** Ends it and its descendants as {@code kill -9} does. */
    public void kill() {
      Processes.kill(process.toHandle());
    }

    /**
     * Waits for its end.
     *
     * @throws AssertionError where it did not end in time; it is ended then
     */
    public Ended await() throws IOException, InterruptedException {
      List<String> shown = new ArrayList<>(words);
      boolean inTime = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
      close();
      Ended ended = new Ended(shown, process.exitValue(), output(), errors(), errors);
      if (!inTime) {
        throw new AssertionError("not done within %s: %s".formatted(limit, ended));
      }
      return ended;
    }

    @Override
    public void close() {
      if (process.isAlive()) {
        kill();
      }
      try {
        Runtime.getRuntime().removeShutdownHook(atExit);
      } catch (IllegalStateException e) {
        // The JVM is ending: the hook runs, and finds no process.
      }
    }

    private static String text(Path file) throws IOException {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
  }
}
