package org.stylemining.device;

import com.sun.management.OperatingSystemMXBean;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.Pointer;
import org.stylemining.config.Device;
import org.stylemining.doctor.Backend;

/**
 * What an executor tells of itself before work begins.
 *
 * @param id Spark's
 * @param host its host
 * @param slots workers that it has room for at the same time
 * @param threads of one worker's native operations
 * @param gpus that Spark gave it
 * @param environment variables that decide how fast it computes, those that are set
 * @param vectors whether Java's vector module is there
 * @param heap largest size of its Java heap, bytes
 * @param arrayLimit limit on its arrays, {@code org.bytedeco.javacpp.maxbytes}, bytes; 0: none set
 * @param processLimit limit on its whole memory, {@code org.bytedeco.javacpp.maxphysicalbytes},
 *     bytes; 0: none
 * @param memory of its machine, or of its container, bytes
 */
public record ExecutorFacts(
    String id,
    String host,
    int slots,
    int threads,
    List<Gpu> gpus,
    Map<String, String> environment,
    boolean vectors,
    long heap,
    long arrayLimit,
    long processLimit,
    long memory)
    implements Serializable {
  static final String VECTOR_MODULE = "jdk.incubator.vector";

  /** What {@code bin/asm} sets for executors. */
  static final List<String> VARIABLES =
      List.of(
          "OMP_NUM_THREADS",
          "OMP_WAIT_POLICY",
          "GOMP_SPINCOUNT",
          "OPENBLAS_NUM_THREADS",
          "OPENBLAS_THREAD_TIMEOUT",
          "CUDA_DEVICE_ORDER");

  static final String ARRAY_LIMIT = "org.bytedeco.javacpp.maxbytes";

  public ExecutorFacts {
    gpus = List.copyOf(gpus);
    environment = Map.copyOf(environment);
  }

  /**
   * Those of this process.
   *
   * @param executor as the driver knows it
   * @param taskCores cores of one task
   */
  static ExecutorFacts here(RegisteredExecutor executor, DeviceRequest request, int taskCores) {
    boolean onGpus =
        request.device() != Device.CPU
            && Backend.onClassPath().filter(Backend.CUDA::equals).isPresent();
    OwnGpus.given(executor.gpus());
    List<Gpu> gpus =
        onGpus && executor.id().equals(WorkerDevice.DRIVER)
            ? OwnGpus.all()
            : executor.gpus().stream().map(address -> OwnGpus.describe(address, onGpus)).toList();
    Map<String, String> set = new TreeMap<>();
    for (String variable : VARIABLES) {
      if (System.getenv(variable) != null) {
        set.put(variable, System.getenv(variable));
      }
    }
    return new ExecutorFacts(
        executor.id(),
        executor.host(),
        executor.slots(),
        onGpus ? 0 : WorkerDevice.threads(request, taskCores),
        gpus,
        set,
        vectorsHere(),
        Runtime.getRuntime().maxMemory(),
        // Unless set it is the heap's size, and means nothing.
        System.getProperty(ARRAY_LIMIT) == null ? 0 : Pointer.maxBytes(),
        Pointer.maxPhysicalBytes(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
  }

  /** Whether this process has Java's vector module. */
  static boolean vectorsHere() {
    return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
  }

  /** Whether its workers compute on GPUs. */
  boolean onGpus() {
    return threads == 0;
  }

  /** {@code executor 3 on node-7}. */
  String name() {
    return id.equals(WorkerDevice.DRIVER)
        ? "this process on " + host
        : "executor " + id + " on " + host;
  }

  /** {@code executor 3 on node-7: 2 workers, 4 threads each} or {@code …: 1 worker, GPU 0 (…)}. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(name()).append(": ");
    line.append(slots).append(slots == 1 ? " worker" : " workers");
    if (!onGpus()) {
      line.append(", ").append(threads).append(threads == 1 ? " thread" : " threads");
      line.append(slots == 1 ? "" : " each");
    }
    gpus.forEach(gpu -> line.append(", ").append(gpu));
    return line.append(!onGpus() && !gpus.isEmpty() ? " left idle" : "").toString();
  }
}
