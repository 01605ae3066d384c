package org.stylemining.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What one task of this JVM made and the next can use: idle between two, kept by the run or model
 * that it was made for and by the device that it works on.
 *
 * @param <T> what is costly to make, and can serve no other owner and device
 */
public final class IdlePool<T> {
  private record Purpose(String owner, WorkerDevice device) {}

  private final Map<Purpose, Deque<T>> idle = new HashMap<>();
  private final Consumer<T> end;

  /**
   * @param end frees what is used no more
   */
  public IdlePool(Consumer<T> end) {
    this.end = end;
  }

  /** An idle one, which is then the caller's. */
  public synchronized Optional<T> take(String owner, WorkerDevice device) {
    return Optional.ofNullable(idle.get(new Purpose(owner, device))).map(Deque::poll);
  }

  /** Keeps one for the next who asks. */
  public synchronized void giveBack(String owner, WorkerDevice device, T used) {
    idle.computeIfAbsent(new Purpose(owner, device), purpose -> new ArrayDeque<>()).push(used);
  }

  /** Frees the idle ones of owners whose use has ended. */
  public void close(Predicate<String> ended) {
    List<T> closing = new ArrayList<>();
    synchronized (this) {
      idle.entrySet()
          .removeIf(
              entry -> {
                if (!ended.test(entry.getKey().owner())) {
                  return false;
                }
                closing.addAll(entry.getValue());
                return true;
              });
    }
    closing.forEach(end);
  }
}
