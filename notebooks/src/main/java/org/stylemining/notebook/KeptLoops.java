package org.stylemining.notebook;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.channels.LoopThread;

/**
 * Keeps the threads going that answer Jupyter. The kernel's library notes that a loop runs only
 * after it has started its thread; one that is scheduled at once finds that note missing and ends,
 * and Jupyter waits for an answer until it gives up.
 */
final class KeptLoops {
  private static final long PAUSE_MILLIS = 200;

  private final List<Loop> loops = new ArrayList<>();

  /**
   * Of channels that are connected.
   *
   * @throws ReflectiveOperationException if the library is another than the one this was written
   *     for
   */
  static KeptLoops of(Channels channels) throws ReflectiveOperationException {
    KeptLoops kept = new KeptLoops();
    for (String name : List.of("heartbeat", "shell", "control")) {
      Object channel = field(Channels.class, name).get(channels);
      kept.keep((LoopThread) field(channel.getClass(), "loopThread").get(channel));
    }
    return kept;
  }

  void keep(LoopThread thread) throws ReflectiveOperationException {
    loops.add(new Loop(thread));
  }

  /** Until all loops were shut down. */
  void joinUntilShutDown() throws InterruptedException, ReflectiveOperationException {
    boolean going = true;
    while (going) {
      going = false;
      for (Loop loop : loops) {
        going |= loop.goesOn();
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** A field of the library that it keeps to itself. */
  static Field field(Class<?> type, String name) throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** A loop and the thread that runs it now. */
  private static final class Loop {
    private final LoopThread body;
    private final Field running;
    private Thread thread;

    Loop(LoopThread body) throws ReflectiveOperationException {
      this.body = body;
      this.running = field(LoopThread.class, "running");
      this.thread = body;
    }

    /** Starts the loop anew if its thread ended and it was not shut down. */
    boolean goesOn() throws ReflectiveOperationException {
      if (!running.getBoolean(body)) {
        return thread.isAlive();
      }
      if (!thread.isAlive()) {
        thread = new Thread(body, body.getName());
        thread.start();
      }
      return true;
    }
  }
}
