package org.stylemining.device;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.stylemining.config.UserMistake;
import org.stylemining.monitoring.JobLabel;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Asks every executor what it is, by one short job. */
public final class ExecutorVisit {
  /** A task goes elsewhere where its executor has been busy for seconds. */
  private static final int ATTEMPTS = 3;

  private ExecutorVisit() {}

  /**
   * What the executors tell, in their order.
   *
   * @throws UserMistake where an executor cannot be what it is to be, or one is not reached
   */
  public static List<ExecutorFacts> of(
      JavaSparkContext spark, List<RegisteredExecutor> executors, DeviceRequest request) {
    int taskCores = spark.getConf().getInt("spark.task.cpus", 1);
    Map<String, RegisteredExecutor> known = new HashMap<>();
    executors.forEach(executor -> known.put(executor.id(), executor));
    Map<String, ExecutorFacts> told = new TreeMap<>();
    try (JobLabel label = JobLabel.part(spark.sc(), "what the executors are")) {
      for (int i = 0; i < ATTEMPTS && told.size() < executors.size(); i++) {
        List<RegisteredExecutor> missing =
            executors.stream().filter(executor -> !told.containsKey(executor.id())).toList();
        for (ExecutorFacts facts :
            placed(spark.sc(), missing)
                .flatMap(asked -> here(known, request, taskCores))
                .collect()) {
          told.put(facts.id(), facts);
        }
      }
    }
    List<String> unreached =
        known.keySet().stream().filter(id -> !told.containsKey(id)).sorted().toList();
    if (!unreached.isEmpty()) {
      throw new UserMistake(
          "executors %s registered, but a short task did not come to them in %d attempts; start again when the cluster is quieter, or see their logs"
              .formatted(String.join(", ", unreached), ATTEMPTS));
    }
    return executors.stream().map(executor -> told.get(executor.id())).toList();
  }

  /** Of the executor that this task came to, whichever it was meant for; none of a new one. */
  private static Iterator<ExecutorFacts> here(
      Map<String, RegisteredExecutor> known, DeviceRequest request, int taskCores) {
    RegisteredExecutor here = known.get(SparkEnv.get().executorId());
    return here == null
        ? Collections.emptyIterator()
        : List.of(ExecutorFacts.here(here, request, taskCores)).iterator();
  }

  /** One partition for each executor, which is to run there. */
  private static JavaRDD<RegisteredExecutor> placed(
      SparkContext spark, List<RegisteredExecutor> executors) {
    List<Tuple2<RegisteredExecutor, Seq<String>>> places = new ArrayList<>();
    for (RegisteredExecutor executor : executors) {
      // Spark's own spelling of "in this executor's process".
      String place = "executor_" + executor.host() + "_" + executor.id();
      places.add(new Tuple2<>(executor, JavaConverters.asScalaBuffer(List.of(place))));
    }
    ClassTag<RegisteredExecutor> tag = ClassTag$.MODULE$.apply(RegisteredExecutor.class);
    return JavaRDD.fromRDD(spark.makeRDD(JavaConverters.asScalaBuffer(places), tag), tag);
  }
}
