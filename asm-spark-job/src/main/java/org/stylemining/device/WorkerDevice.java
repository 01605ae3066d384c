package org.stylemining.device;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.stylemining.config.Device;
import org.stylemining.config.UserMistake;

/**
 * Where a worker computes.
 *
 * @param executor Spark's id of it
 * @param host its host
 * @param threads threads of one native operation
 * @param gpu address of the GPU that is the worker's; null where it computes on a processor
 */
public record WorkerDevice(String executor, String host, int threads, String gpu)
    implements Serializable {
  /** Spark's name of the resource: {@code spark.task.resource.gpu.amount}. */
  static final String GPU = "gpu";

  /** Spark's id of an executor that is the driver's own process. */
  static final String DRIVER = "driver";

  /**
   * The device of the Spark task that runs on the calling thread.
   *
   * @throws UserMistake where the worker is to compute on a GPU and Spark gave it none
   */
  public static WorkerDevice ofTask(DeviceRequest request) {
    TaskContext task = TaskContext.get();
    if (task == null) {
      throw new IllegalStateException("a worker's device is known inside a Spark task only");
    }
    String executor = SparkEnv.get().executorId();
    return new WorkerDevice(
        executor,
        SparkEnv.get().blockManager().blockManagerId().host(),
        threads(request, task.cpus()),
        request.device() == Device.CPU || Nd4j.getEnvironment().isCPU()
            ? null
            : gpu(task, executor));
  }

  /**
   * Threads of one worker's native operations: what is asked for, else {@code OMP_NUM_THREADS},
   * else as many as its task has cores.
   */
  static int threads(DeviceRequest request, int taskCores) {
    if (request.threads() > 0) {
      return request.threads();
    }
    String given = System.getenv("OMP_NUM_THREADS");
    return given != null && given.matches("[1-9]\\d{0,3}") ? Integer.parseInt(given) : taskCores;
  }

  private static String gpu(TaskContext task, String executor) {
    ResourceInformation given = task.resourcesJMap().get(GPU);
    if (given != null && given.addresses().length > 0) {
      OwnGpus.given(List.of(given.addresses()));
      return given.addresses()[0];
    }
    if (executor.equals(DRIVER)) {
      // In local mode Spark knows no GPUs; worker i has the i-th, and there are no more workers at
      // a time than GPUs.
      return String.valueOf(
          task.partitionId() % Math.max(1, Nd4j.getAffinityManager().getNumberOfDevices()));
    }
    throw new UserMistake(
        "a worker of a build for GPUs was given no GPU by Spark: set --conf spark.task.resource.gpu.amount=1 and --conf spark.executor.resource.gpu.amount=…, see docs/gpu.md");
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
      int number = executor.equals(DRIVER) ? Integer.parseInt(gpu) : OwnGpus.numbers().of(gpu);
      Nd4j.getAffinityManager().unsafeSetDevice(number);
    }
  }

  /**
   * Makes the driver's calling thread compute with as many threads as a worker: the order of sums,
   * and so the last bits of a result, do not depend on the machine that the driver runs on.
   *
   * @param request as for {@link #ofTask}
   */
  public static void bindDriver(SparkContext spark, DeviceRequest request) {
    if (Nd4j.getEnvironment().isCPU()) {
      useThreads(threads(request, spark.conf().getInt("spark.task.cpus", 1)));
    }
  }

  private static void useThreads(int threads) {
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Nd4j.factory().blas().setMaxThreads(threads);
  }

  /** {@code executor 3 on node-7, 4 threads} or {@code executor 3 on node-7, GPU 1}. */
  @Override
  public String toString() {
    String computes =
        gpu != null ? "GPU " + gpu : threads + (threads == 1 ? " thread" : " threads");
    return "executor " + executor + " on " + host + ", " + computes;
  }
}
