package org.stylemining.device;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.stylemining.config.ClusterConfig;
import org.stylemining.config.Device;
import org.stylemining.config.UserMistake;
import org.stylemining.doctor.Backend;

/**
 * What workers are to compute on.
 *
 * @param device {@code cluster.device}
 * @param threads {@code cluster.threads}: of one worker's native operations; 0: what its
 *     environment gives it
 */
public record DeviceRequest(Device device, int threads) implements Serializable {
  private static final String OF_TASK = "spark.task.resource.gpu.amount";
  private static final String OF_EXECUTOR = "spark.executor.resource.gpu.amount";

  public static DeviceRequest of(ClusterConfig cluster) {
    return new DeviceRequest(cluster.device(), cluster.threads());
  }

  /**
   * Checks that the build, the configuration and what is asked of Spark go together.
   *
   * @param backend of this build; empty where none is on the class path, which is not judged
   * @param spark settings of the application
   * @throws UserMistake where they do not, with what to do
   */
  public void check(Optional<Backend> backend, SparkConf spark) {
    if (backend.isEmpty()) {
      return;
    }
    Optional<String> asked =
        List.of(OF_TASK, OF_EXECUTOR).stream()
            .filter(key -> spark.getDouble(key, 0) > 0)
            .findFirst()
            .map(key -> key + "=" + spark.get(key));
    if (backend.get() == Backend.CPU) {
      checkForProcessors(asked);
    } else {
      checkForGpus(spark);
    }
  }

  private void checkForProcessors(Optional<String> asked) {
    if (device == Device.GPU) {
      throw new UserMistake(
          "cluster.device = gpu, but this build computes on processors: use the build for GPUs (ASM_PROFILE=cuda, see docs/gpu.md), or set cluster.device=auto");
    }
    if (device == Device.AUTO && asked.isPresent()) {
      throw new UserMistake(
          "Spark is asked for GPUs (%s), but this build computes on processors: use the build for GPUs (ASM_PROFILE=cuda, see docs/gpu.md), ask for no GPUs, or set cluster.device=cpu to leave them idle"
              .formatted(asked.get()));
    }
  }

  private void checkForGpus(SparkConf spark) {
    if (device == Device.CPU) {
      throw new UserMistake(
          "cluster.device = cpu, but this build computes on GPUs: use the build for processors (ASM_PROFILE=cpu)");
    }
    // Spark gives a task no resources in local mode; there the process's own GPUs are used.
    if (spark.get("spark.master", "local").matches("local(\\[.*)?")) {
      return;
    }
    double amount = spark.getDouble(OF_TASK, 0);
    if (amount != 1) {
      throw new UserMistake(
          "this build computes on GPUs, one for each worker, but %s: set --conf %s=1 and --conf %s=…, or use the build for processors (ASM_PROFILE=cpu)"
              .formatted(
                  amount == 0
                      ? "Spark is asked for none (%s is not set)".formatted(OF_TASK)
                      : OF_TASK + "=" + spark.get(OF_TASK),
                  OF_TASK,
                  OF_EXECUTOR));
    }
  }
}
