package org.stylemining.tasks;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.util.LongAccumulator;

/**
 * Tells now and then how far tasks are.
 *
 * @param done counted by the tasks
 * @param all that there are
 * @param noun what is counted, such as {@code images}
 * @param console where it is told
 */
public record Progress(LongAccumulator done, long all, String noun, PrintStream console) {
  private static final long SECONDS_BETWEEN_LINES = 10;

  /**
   * Waits for the tasks.
   *
   * @param stopped what is said where they fail
   * @throws IllegalStateException saying so, with the cause
   */
  public <T> T await(JavaFutureAction<T> tasks, String stopped) {
    long start = System.nanoTime();
    long told = 0;
    while (true) {
      try {
        return tasks.get(SECONDS_BETWEEN_LINES, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        long now = done.value();
        if (now > told) {
          told = now;
          console.printf(
              Locale.ROOT,
              "%d of %d %s, %.2f %s/s%n",
              now,
              all,
              noun,
              now * 1e9 / (System.nanoTime() - start),
              noun);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        tasks.cancel(true);
        throw new IllegalStateException(stopped, e);
      } catch (ExecutionException e) {
        throw new IllegalStateException(stopped, e.getCause());
      }
    }
  }
}
