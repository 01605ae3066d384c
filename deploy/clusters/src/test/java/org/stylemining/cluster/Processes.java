package org.stylemining.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Finds processes below one of ours, and ends processes by their handles with all they started. */
public final class Processes {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private Processes() {}

  /**
   * Processes that a process started, itself or through others, whose command line has a word.
   *
   * @param word such as the name of a main class
   */
  public static List<ProcessHandle> below(ProcessHandle process, String word) {
    return process
        .descendants()
        .filter(ProcessHandle::isAlive)
        .filter(child -> words(child).contains(word))
        .toList();
  }

  /** The command line of a process; empty where it has ended. */
  public static List<String> words(ProcessHandle process) {
    try {
      // ProcessHandle.info() leaves long command lines out.
      byte[] line = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), "cmdline"));
      return List.of(new String(line, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException e) {
      return List.of(); // it has ended
    }
  }

  /** Asks a process and its descendants to end, and ends by force those that do not. */
  static void end(ProcessHandle process) {
    List<ProcessHandle> all = family(process);
    all.forEach(ProcessHandle::destroy);
    if (!ended(all, GRACE)) {
      kill(all);
    }
  }

  /** Ends a process and its descendants at once, as {@code kill -9} does. */
  public static void kill(ProcessHandle process) {
    kill(family(process));
  }

  /**
   * Sends a process a signal.
   *
   * @param signal such as {@code STOP}
   */
  public static void signal(ProcessHandle process, String signal)
      throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("bash", "-c", "kill -s " + signal + " " + process.pid())
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("kill -s %s %d: status %d".formatted(signal, process.pid(), status));
    }
  }

  private static void kill(List<ProcessHandle> all) {
    all.forEach(ProcessHandle::destroyForcibly);
    if (!ended(all, GRACE)) {
      throw new IllegalStateException("still alive after kill -9: " + all);
    }
  }

  private static List<ProcessHandle> family(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants()).toList();
  }

  private static boolean ended(List<ProcessHandle> all, Duration limit) {
    try {
      CompletableFuture.allOf(
              all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while processes end", e);
    }
  }
}
