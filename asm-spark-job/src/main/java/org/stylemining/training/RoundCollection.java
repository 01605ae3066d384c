package org.stylemining.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.stylemining.failure.RunFailure;
import scala.Function1;
import scala.collection.JavaConverters;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;

/**
 * Brings the workers' results of one round to the driver, for as long as its terms allow.
 *
 * @param watch that knows the round's tasks
 * @param terms of the round
 * @param taking workers that take part
 */
record RoundCollection(RoundWatch watch, RoundTerms terms, Set<Integer> taking) {

  /** Whether the round has to do without nobody. */
  boolean needsAll() {
    return terms.enough() >= taking.size();
  }

  /**
   * The elements of all partitions, in order.
   *
   * @throws RunFailure where a worker failed for good, or the deadline passed
   */
  <T> List<T> all(JavaRDD<T> elements) {
    JavaFutureAction<List<T>> job = elements.collectAsync();
    try {
      return Double.isInfinite(terms.seconds())
          ? job.get()
          : job.get(millis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      RunFailure late =
          watch.late(terms.seconds(), watch.unfinished(taking), taking.size(), taking.size());
      job.cancel(true);
      throw late;
    } catch (ExecutionException e) {
      throw watch.failure(e.getCause());
    } catch (InterruptedException e) {
      job.cancel(true);
      throw interrupted(e);
    }
  }

  /**
   * The only element of each partition, or null where it has none; once the deadline has passed
   * those that are there have to be enough, and the tasks of the others are cancelled.
   *
   * @throws RunFailure where a worker failed for good, or there were not enough
   */
  <T> List<T> enough(JavaRDD<T> elements) {
    int parts = elements.getNumPartitions();
    AtomicReferenceArray<T> arrived = new AtomicReferenceArray<>(parts);
    List<Object> partitions = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      partitions.add(part);
    }
    SimpleFutureAction<Object> job =
        elements
            .context()
            .submitJob(
                elements.rdd(),
                (Function1<scala.collection.Iterator<T>, T> & Serializable) RoundCollection::only,
                JavaConverters.asScalaBuffer(partitions).toSeq(),
                (part, element) -> {
                  arrived.set((Integer) part, element);
                  return null;
                },
                () -> null);
    try {
      Await.ready(
          job,
          Double.isInfinite(terms.seconds())
              ? Duration.Inf()
              : Duration.create(millis(), TimeUnit.MILLISECONDS));
      if (job.value().get().isFailure()) {
        throw watch.failure(job.value().get().failed().get());
      }
    } catch (TimeoutException e) {
      Set<Integer> missing = new TreeSet<>(taking);
      missing.removeIf(worker -> arrived.get(worker) != null);
      if (taking.size() - missing.size() < terms.enough()) {
        RunFailure late = watch.late(terms.seconds(), missing, taking.size(), terms.enough());
        job.cancel();
        throw late;
      }
      job.cancel();
    } catch (InterruptedException e) {
      job.cancel();
      throw interrupted(e);
    }
    List<T> found = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      found.add(arrived.get(part));
    }
    return found;
  }

  private static <T> T only(scala.collection.Iterator<T> elements) {
    Iterator<T> each = JavaConverters.asJavaIterator(elements);
    return each.hasNext() ? each.next() : null;
  }

  private long millis() {
    return Math.max(1, (long) Math.min(1e15, terms.seconds() * 1e3));
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while workers train", e);
  }
}
