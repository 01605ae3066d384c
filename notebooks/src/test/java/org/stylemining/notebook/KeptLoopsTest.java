package org.stylemining.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rapaio.jupyter.kernel.channels.LoopThread;

class KeptLoopsTest {
  @Test
  @Timeout(60)
  void aLoopWhoseThreadEndedIsStartedAnewUntilItIsShutDown() throws Exception {
    CountDownLatch rounds = new CountDownLatch(3);
    AtomicBoolean failed = new AtomicBoolean();
    LoopThread loop =
        new LoopThread(
            "ends once",
            1,
            () -> {
              rounds.countDown();
              if (failed.compareAndSet(false, true)) {
                throw new IllegalStateException("the end of its first thread");
              }
            });
    loop.setUncaughtExceptionHandler((thread, failure) -> {});
    KeptLoops kept = new KeptLoops();
    loop.start();
    kept.keep(loop);
    Thread keeper =
        new Thread(
            () -> {
              try {
                kept.joinUntilShutDown();
              } catch (InterruptedException | ReflectiveOperationException failure) {
                throw new IllegalStateException(failure);
              }
            });
    keeper.start();

    assertThat(rounds.await(30, TimeUnit.SECONDS)).isTrue();
    loop.shutdown();
    keeper.join();
  }
}
