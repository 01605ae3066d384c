package org.stylemining.device;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.stylemining.config.UserMistake;

/**
 * Where a worker computes.
 *
 * @param executor Spark's id of it
 * @param host its host
 * @param threads threads of one native operation
 * @param gpu address of the GPU that Spark gave the task; null where it gave none
 */
public record WorkerDevice(String executor, String host, int threads, String gpu)
    implements Serializable {
  /** Spark's name of the resource: {@code spark.task.resource.gpu.amount}. */
  private static final String GPU = "gpu";

  /**
   * The device of the Spark task that runs on the calling thread.
   *
   * @param threads of one native operation; 0: {@code OMP_NUM_THREADS} where it is set, else as
   *     many as the task has cores ({@code spark.task.cpus})
   */
  public static WorkerDevice ofTask(int threads) {
    TaskContext task = TaskContext.get();
    if (task == null) {
      throw new IllegalStateException("a worker's device is known inside a Spark task only");
    }
    ResourceInformation gpus = task.resourcesJMap().get(GPU);
    return new WorkerDevice(
        SparkEnv.get().executorId(),
        SparkEnv.get().blockManager().blockManagerId().host(),
        threads > 0 ? threads : shareOf(task.cpus()),
        gpus == null || gpus.addresses().length == 0 ? null : gpus.addresses()[0]);
  }

  /**
   * Makes the calling thread compute here.
   *
   * <p>OpenMP counts threads per calling thread, so two tasks of one executor do not fight for its
   * cores; OpenBLAS and libnd4j's own loops count per process, where the last task sets what every
   * task of this run sets.
   *
   * @throws UserMistake where Spark gave a GPU that this process has not
   */
  public void bind() {
    if (Nd4j.getEnvironment().isCPU()) {
      useThreads(threads);
    } else if (gpu != null) {
      Nd4j.getAffinityManager()
          .unsafeSetDevice(ordinal(gpu, Nd4j.getAffinityManager().getNumberOfDevices()));
    }
  }

  /**
   * Makes the driver's calling thread compute with as many threads as a worker: the order of sums,
   * and so the last bits of a result, do not depend on the machine that the driver runs on.
   *
   * @param threads as for {@link #ofTask}
   */
  public static void bindDriver(SparkContext spark, int threads) {
    if (Nd4j.getEnvironment().isCPU()) {
      useThreads(threads > 0 ? threads : shareOf(spark.conf().getInt("spark.task.cpus", 1)));
    }
  }

  private static void useThreads(int threads) {
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Nd4j.factory().blas().setMaxThreads(threads);
  }

  /** CUDA's number of the GPU with Spark's address, where the process sees so many. */
  static int ordinal(String address, int devices) {
    if (!address.matches("\\d{1,4}") || Integer.parseInt(address) >= devices) {
      throw new UserMistake(
          "Spark gave a task the GPU '%s': expected a number below %d, the GPUs that its process sees; see to it that spark.executor.resource.gpu.discoveryScript prints nvidia-smi's indices, as seen inside the executor's container"
              .formatted(address, devices));
    }
    return Integer.parseInt(address);
  }

  /** {@code executor 3 on node-7, 4 threads} or {@code executor 3 on node-7, GPU 1}. */
  @Override
  public String toString() {
    String computes =
        gpu != null ? "GPU " + gpu : threads + (threads == 1 ? " thread" : " threads");
    return "executor " + executor + " on " + host + ", " + computes;
  }

  /** What the environment gives every task, such as its share of a machine's cores. */
  private static int shareOf(int taskCores) {
    String given = System.getenv("OMP_NUM_THREADS");
    return given != null && given.matches("[1-9]\\d{0,3}") ? Integer.parseInt(given) : taskCores;
  }
}
