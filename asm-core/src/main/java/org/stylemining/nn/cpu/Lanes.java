package org.stylemining.nn.cpu;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The threads that one worker's loops in Java run on, the calling one among them; as many as its
 * native operations have. For one caller at a time.
 */
public final class Lanes implements AutoCloseable {
  /** One call of a loop's body. */
  public interface Body {
    /**
     * @param scratch arrays of the lane that makes the call
     */
    void accept(int index, Scratch scratch);
  }

  private final int count;
  private final Scratch[] scratch;
  private final ExecutorService helpers;

  /**
   * @param count threads, at least 1
   */
  public Lanes(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("expected at least one thread, found " + count);
    }
    this.count = count;
    scratch = new Scratch[count];
    Arrays.setAll(scratch, lane -> new Scratch());
    helpers =
        count == 1
            ? null
            : Executors.newFixedThreadPool(
                count - 1,
                task -> {
                  Thread thread = new Thread(alone(task), "asm-lane");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  /** Native operations have one thread each where lanes run side by side. */
  private static Runnable alone(Runnable task) {
    return () -> {
      nativeThreads(1);
      task.run();
    };
  }

  /** OpenMP counts threads per calling thread. */
  private static void nativeThreads(int threads) {
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
  }

  /**
   * As {@link #forEach}, for calls that run native operations: each gets one thread, which for many
   * small operations is faster than all threads for one after another.
   */
  public void forEachNative(int n, IntConsumer body) {
    if (count == 1) {
      forEach(n, body);
      return;
    }
    nativeThreads(1);
    try {
      forEach(n, body);
    } finally {
      nativeThreads(count);
    }
  }

  /** Number of threads. */
  public int count() {
    return count;
  }

  /** As {@link #forEach(int, Body)}, for bodies without scratch. */
  public void forEach(int n, IntConsumer body) {
    forEach(n, (i, unused) -> body.accept(i));
  }

  /**
   * Calls the body once for each of 0 .. n - 1, in any order, and returns when all are done.
   *
   * @throws RuntimeException the first that a call threw
   */
  public void forEach(int n, Body body) {
    int used = Math.min(count, n);
    if (used <= 1) {
      for (int i = 0; i < n; i++) {
        body.accept(i, scratch[0]);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(used - 1);
    IntConsumer share =
        lane -> {
          try {
            for (int i = next.getAndIncrement(); i < n; i = next.getAndIncrement()) {
              body.accept(i, scratch[lane]);
            }
          } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            next.set(n);
          }
        };
    for (int i = 1; i < used; i++) {
      int lane = i;
      helpers.execute(
          () -> {
            share.accept(lane);
            done.countDown();
          });
    }
    share.accept(0);
    await(done);
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }

  private static void await(CountDownLatch done) {
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        // The helpers still use the caller's arrays: it may not go on before they end.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (helpers != null) {
      helpers.shutdown();
    }
  }
}
