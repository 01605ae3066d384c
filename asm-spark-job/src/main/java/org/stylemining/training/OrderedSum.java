package org.stylemining.training;

import java.io.Serial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.Partitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import scala.Tuple2;

/**
 * Sums the workers' results in a tree whose shape and order are fixed by the number of workers.
 *
 * <p>Spark's {@code treeAggregate}, which dl4j-spark calls, adds the parts in the order in which
 * tasks end. Floating-point sums of more than two terms depend on the order, so two runs with the
 * same seed would drift apart. Here neighbours are added to neighbours, first to last.
 */
final class OrderedSum {
  private OrderedSum() {}

  /**
   * The sum over all workers.
   *
   * @param results one result, or none, in each partition
   * @param depth levels of the tree, at least 1: with more levels the driver receives fewer
   *     vectors; where the round may do without some workers it receives all of them in any case
   * @param collection brings them there
   * @throws IllegalStateException where no worker had a result
   * @throws RunFailure where workers failed or are late
   */
  static RoundSum over(
      JavaRDD<ParameterAveragingTrainingResult> results, int depth, RoundCollection collection)
      throws Exception {
    JavaRDD<RoundSum> sums =
        results.mapPartitions(
            each ->
                each.hasNext()
                    ? List.of(RoundSum.of(each.next())).iterator()
                    : Collections.emptyIterator());
    int parts = results.getNumPartitions();
    int branches = Math.max(2, (int) Math.ceil(Math.pow(parts, 1.0 / depth)));
    if (!collection.needsAll()) {
      return total(here(collection.enough(sums), branches));
    }
    while (parts > branches + groups(parts, branches)) {
      parts = groups(parts, branches);
      sums =
          sums.mapPartitionsToPair(OrderedSum::numbered)
              .repartitionAndSortWithinPartitions(new Neighbours(parts, branches))
              .mapPartitions(sorted -> inOrder(new Values(sorted)).stream().iterator());
    }
    return total(collection.all(sums));
  }

  /** The same tree up to its last level, on the driver; workers without a result are null. */
  private static List<RoundSum> here(List<RoundSum> sums, int branches) throws Exception {
    List<RoundSum> level = sums;
    while (level.size() > branches + groups(level.size(), branches)) {
      List<RoundSum> next = new ArrayList<>();
      for (int from = 0; from < level.size(); from += branches) {
        List<RoundSum> group = level.subList(from, Math.min(level.size(), from + branches));
        next.add(
            inOrder(group.stream().filter(Objects::nonNull).iterator()).stream()
                .findFirst()
                .orElse(null));
      }
      level = next;
    }
    return level.stream().filter(Objects::nonNull).toList();
  }

  private static RoundSum total(List<RoundSum> sums) throws Exception {
    List<RoundSum> total = inOrder(sums.iterator());
    if (total.isEmpty()) {
      throw new IllegalStateException("no worker had a source batch in this round");
    }
    return total.get(0);
  }

  private static int groups(int parts, int branches) {
    return (parts + branches - 1) / branches;
  }

  private static Iterator<Tuple2<Integer, RoundSum>> numbered(Iterator<RoundSum> each) {
    int place = TaskContext.getPartitionId();
    return each.hasNext()
        ? List.of(new Tuple2<>(place, each.next())).iterator()
        : Collections.emptyIterator();
  }

  /** The sum of all as a list of one, or an empty list. */
  private static List<RoundSum> inOrder(Iterator<RoundSum> sums) throws Exception {
    if (!sums.hasNext()) {
      return List.of();
    }
    RoundSum total = sums.next();
    while (sums.hasNext()) {
      total = total.plus(sums.next());
    }
    return List.of(total);
  }

  private record Values(Iterator<Tuple2<Integer, RoundSum>> numbered)
      implements Iterator<RoundSum> {
    @Override
    public boolean hasNext() {
      return numbered.hasNext();
    }

    @Override
    public RoundSum next() {
      return numbered.next()._2();
    }
  }

  /** Puts so many neighbouring parts into one. */
  private static final class Neighbours extends Partitioner {
    @Serial private static final long serialVersionUID = 1;

    private final int groups;
    private final int branches;

    Neighbours(int groups, int branches) {
      this.groups = groups;
      this.branches = branches;
    }

    @Override
    public int numPartitions() {
      return groups;
    }

    @Override
    public int getPartition(Object place) {
      return (Integer) place / branches;
    }
  }
}
