package org.stylemining.device;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.collection.JavaConverters;

/**
 * An executor as the driver knows it.
 *
 * @param id Spark's
 * @param host its host
 * @param active whether it is there still
 * @param slots tasks that it runs at the same time
 * @param gpus addresses that Spark gave it
 * @param logs where its outputs can be read, by name ({@code stdout}, {@code stderr}); empty where
 *     the cluster manager does not tell
 * @param removed why it is gone; empty where it is there, or nothing was told
 */
public record RegisteredExecutor(
    String id,
    String host,
    boolean active,
    int slots,
    List<String> gpus,
    Map<String, String> logs,
    String removed)
    implements Serializable {
  public RegisteredExecutor {
    gpus = List.copyOf(gpus);
    logs = Map.copyOf(logs);
  }

  /** All that registered, by id, gone ones too; in local mode the driver is the one executor. */
  public static List<RegisteredExecutor> all(SparkContext spark) {
    List<RegisteredExecutor> executors = new ArrayList<>();
    for (ExecutorSummary told :
        JavaConverters.seqAsJavaList(spark.statusStore().executorList(false))) {
      if (spark.isLocal() || !told.id().equals(WorkerDevice.DRIVER)) {
        executors.add(of(told, spark));
      }
    }
    // Ids are numbers, and "10" comes after "9".
    executors.sort(
        Comparator.comparing((RegisteredExecutor e) -> e.id.length()).thenComparing(e -> e.id));
    return executors;
  }

  /** Those that are there. */
  public static List<RegisteredExecutor> active(SparkContext spark) {
    return all(spark).stream().filter(RegisteredExecutor::active).toList();
  }

  /** Where the outputs of the executor with an id can be read; empty where nobody tells. */
  public static Map<String, String> logs(String id, List<RegisteredExecutor> executors) {
    return executors.stream()
        .filter(executor -> executor.id.equals(id))
        .findFirst()
        .map(RegisteredExecutor::logs)
        .orElse(Map.of());
  }

  private static RegisteredExecutor of(ExecutorSummary told, SparkContext spark) {
    Optional<ResourceInformation> gpu =
        Optional.ofNullable(JavaConverters.mapAsJavaMap(told.resources()).get(WorkerDevice.GPU));
    List<String> gpus = gpu.map(given -> List.of(given.addresses())).orElse(List.of());
    return new RegisteredExecutor(
        told.id(),
        told.hostPort().replaceFirst(":\\d+$", ""),
        told.isActive(),
        slots(told.totalCores(), gpus.size(), spark),
        gpus,
        JavaConverters.mapAsJavaMap(told.executorLogs()),
        told.removeReason().isEmpty() ? "" : told.removeReason().get());
  }

  private static int slots(int cores, int gpus, SparkContext spark) {
    int byCores = cores / spark.conf().getInt("spark.task.cpus", 1);
    double amount = spark.conf().getDouble("spark.task.resource.gpu.amount", 0);
    return amount > 0 ? Math.min(byCores, (int) (gpus / amount)) : byCores;
  }
}
