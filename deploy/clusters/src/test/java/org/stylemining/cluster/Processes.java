package org.stylemining.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Ends processes by their handles, with all that they started. */
final class Processes {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private Processes() {}

  /** Asks a process and its descendants to end, and ends by force those that do not. */
  static void end(ProcessHandle process) {
    List<ProcessHandle> all = family(process);
    all.forEach(ProcessHandle::destroy);
    if (!ended(all, GRACE)) {
      kill(all);
    }
  }

  /** Ends a process and its descendants at once, as {@code kill -9} does. */
  static void kill(ProcessHandle process) {
    kill(family(process));
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
