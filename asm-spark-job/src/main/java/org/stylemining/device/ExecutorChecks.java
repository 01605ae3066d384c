package org.stylemining.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.stylemining.adapt.WorkerMemory;

/** What is judged of the executors before work begins. */
final class ExecutorChecks {
  private static final int LOCAL_HEAP = 4;

  private final List<ExecutorFacts> executors;
  private final boolean local;

  /**
   * @param local whether the driver is the one executor, so that its own settings count
   */
  ExecutorChecks(List<ExecutorFacts> executors, boolean local) {
    this.executors = executors;
    this.local = local;
  }

  /**
   * GPUs that two executors were given, and workers that would have to share one.
   *
   * @param isolated whether addresses may be counted anew in each executor's container, so that
   *     equal ones tell nothing
   */
  List<String> gpuMistakes(boolean isolated) {
    Map<String, List<String>> owners = new TreeMap<>();
    List<String> mistakes = new ArrayList<>();
    for (ExecutorFacts executor : executors) {
      for (Gpu gpu : executor.gpus()) {
        if (gpu.isCertain() || !isolated) {
          owners
              .computeIfAbsent(
                  executor.host() + ", GPU " + gpu.identity(), key -> new ArrayList<>())
              .add(executor.id() + " (address " + gpu.address() + ")");
        }
      }
      if (executor.onGpus() && executor.slots() > executor.gpus().size()) {
        mistakes.add(
            "%s: %d workers at the same time, but %d GPUs: %s"
                .formatted(
                    executor.name(),
                    executor.slots(),
                    executor.gpus().size(),
                    local
                        ? "use --master local[%d]".formatted(Math.max(1, executor.gpus().size()))
                        : "set spark.task.resource.gpu.amount=1"));
      }
    }
    owners.forEach(
        (gpu, of) -> {
          if (of.size() > 1) {
            mistakes.add(
                "%s was given to %d executors: %s; a GPU serves one: let each worker's discovery script (spark.worker.resource.gpu.discoveryScript) print its own GPUs, or run one worker daemon on each machine"
                    .formatted(
                        gpu.replace("GPU address ", "GPU "), of.size(), String.join(" and ", of)));
          }
        });
    return mistakes;
  }

  /**
   * Where memory does not suffice.
   *
   * @param workers of the job: no executor has more at a time
   */
  List<String> memoryMistakes(MemoryNeed need, int workers) {
    // Executors are alike more often than not: each mistake once, with all who have it.
    Map<String, List<ExecutorFacts>> mistakes = new LinkedHashMap<>();
    Map<String, List<ExecutorFacts>> byHost = new LinkedHashMap<>();
    for (ExecutorFacts executor : executors) {
      String mistake = memoryMistake(executor, need, workers);
      (mistake.isEmpty() ? byHost : mistakes)
          .computeIfAbsent(mistake.isEmpty() ? executor.host() : mistake, key -> new ArrayList<>())
          .add(executor);
    }
    List<String> told = new ArrayList<>();
    mistakes.forEach((mistake, of) -> told.add(names(of) + ": " + mistake));
    byHost.forEach(
        (host, together) -> {
          long all = together.stream().mapToLong(each -> process(each, need, workers)).sum();
          long there = together.get(0).memory();
          if (together.size() > 1 && all > there) {
            told.add(
                "the %d executors on %s need about %s with their heaps, but that machine has %s: put fewer on it, %s"
                    .formatted(
                        together.size(),
                        host,
                        WorkerMemory.text(all),
                        WorkerMemory.text(there),
                        smaller(need.worker())));
          }
        });
    return told;
  }

  /** Where one executor's memory does not suffice; empty where it does. */
  private String memoryMistake(ExecutorFacts executor, MemoryNeed need, int workers) {
    List<String> mistakes = new ArrayList<>();
    mistakes.add(nativeMistake(executor, need, workers));
    if (!local && executor.heap() < need.heap()) {
      mistakes.add(heapMistake(executor.heap(), need, "spark.executor.memory"));
    }
    return mistakes.stream().filter(told -> !told.isEmpty()).collect(Collectors.joining("; and "));
  }

  /** The same of what is beside its Java heap. */
  private String nativeMistake(ExecutorFacts executor, MemoryNeed need, int workers) {
    WorkerMemory worker = need.worker();
    int most = most(executor, workers);
    long arrays = arrays(executor, need, workers);
    long process = process(executor, need, workers);
    String what =
        "%d %s about %s beside the Java heap (arrays of each %s%s)"
            .formatted(
                most,
                most == 1 ? "worker needs" : "workers need",
                WorkerMemory.text(process - heap(executor)),
                worker,
                local ? ", and " + WorkerMemory.text(need.driver()) + " for averaging" : "");
    // bin/asm gives arrays 8/10 of the overhead, and the process 95/100 of it all.
    long overhead = Math.max(arrays * 10 / 8, process * 100 / 95 - executor.heap());
    if (executor.arrayLimit() > 0 && arrays > executor.arrayLimit()) {
      return "%s, but the limit on arrays is %s (-Dorg.bytedeco.javacpp.maxbytes): %s"
          .formatted(what, WorkerMemory.text(executor.arrayLimit()), remedy(overhead, worker));
    }
    if (executor.processLimit() > 0 && process > executor.processLimit()) {
      return "%s, with the heap %s, but the limit on the process is %s (-Dorg.bytedeco.javacpp.maxphysicalbytes): %s"
          .formatted(
              what,
              WorkerMemory.text(process),
              WorkerMemory.text(executor.processLimit()),
              remedy(overhead, worker));
    }
    if (process > executor.memory()) {
      return "%s, with the heap %s, but the machine or container has %s: use a larger one, %s"
          .formatted(
              what,
              WorkerMemory.text(process),
              WorkerMemory.text(executor.memory()),
              smaller(worker));
    }
    return "";
  }

  private static String heapMistake(long heap, MemoryNeed need, String setting) {
    return "averaging needs about %s of the Java heap, which has %s: set %s=%dm"
        .formatted(
            WorkerMemory.text(need.heap()), WorkerMemory.text(heap), setting, need.heap() >> 20);
  }

  private static int most(ExecutorFacts executor, int workers) {
    return Math.max(1, Math.min(executor.slots(), workers));
  }

  private long arrays(ExecutorFacts executor, MemoryNeed need, int workers) {
    return most(executor, workers) * need.worker().arrays() + (local ? need.driver() : 0);
  }

  private long process(ExecutorFacts executor, MemoryNeed need, int workers) {
    return heap(executor)
        + arrays(executor, need, workers)
        + most(executor, workers) * need.worker().scratch()
        + WorkerMemory.PROCESS;
  }

  /**
   * The heap that is reckoned with: all of it in a container that is killed where it grows beyond;
   * a part on a machine that is the user's own, where its largest size is seldom reached.
   */
  private long heap(ExecutorFacts executor) {
    return local ? executor.heap() / LOCAL_HEAP : executor.heap();
  }

  private static String names(List<ExecutorFacts> of) {
    return of.size() == 1
        ? of.get(0).name()
        : "executors " + String.join(", ", of.stream().map(ExecutorFacts::id).toList()) + " (each)";
  }

  /** Whether the driver of a cluster can hold what it averages. */
  static List<String> driverMistakes(
      MemoryNeed need, long heap, long arrayLimit, long processLimit, long memory) {
    long process = heap + need.driver() + WorkerMemory.PROCESS;
    List<String> mistakes = new ArrayList<>();
    if (heap < need.heap()) {
      mistakes.add("the driver: " + heapMistake(heap, need, "spark.driver.memory"));
      return mistakes;
    }
    String what =
        "the driver needs about %s of arrays for averaging"
            .formatted(WorkerMemory.text(need.driver()));
    if (arrayLimit > 0 && need.driver() > arrayLimit) {
      mistakes.add(
          "%s, but the limit on arrays is %s: raise -Dorg.bytedeco.javacpp.maxbytes in spark.driver.extraJavaOptions"
              .formatted(what, WorkerMemory.text(arrayLimit)));
    } else if (processLimit > 0 && process > processLimit) {
      mistakes.add(
          "%s, with the heap of %s %s, but the limit on its process is %s: set -Dorg.bytedeco.javacpp.maxphysicalbytes=%dm in spark.driver.extraJavaOptions (--driver-java-options)"
              .formatted(
                  what,
                  WorkerMemory.text(heap),
                  WorkerMemory.text(process),
                  WorkerMemory.text(processLimit),
                  (process >> 20) + 1));
    } else if (process > memory) {
      mistakes.add(
          "%s, with the heap of %s %s, but its machine or container has %s: set spark.driver.memoryOverhead=%dm"
              .formatted(
                  what,
                  WorkerMemory.text(heap),
                  WorkerMemory.text(process),
                  WorkerMemory.text(memory),
                  ((process - heap) >> 20) + 1));
    }
    return mistakes;
  }

  private String remedy(long beside, WorkerMemory worker) {
    return local
        ? "use fewer workers at a time (--master local[N]) or a larger machine, " + smaller(worker)
        : "set spark.executor.memoryOverhead=%dm (bin/asm derives both limits from it), %s"
            .formatted((beside >> 20) + 1, smaller(worker));
  }

  private static String smaller(WorkerMemory worker) {
    return "or lower " + worker.savedBy() + "; cluster.memory-check=warn tries all the same";
  }

  /**
   * Settings that executors lack and compute slowly, otherwise or wrongly placed without: one line
   * each, with what to add.
   */
  List<String> missingSettings() {
    List<String> missing = new ArrayList<>();
    boolean onGpus = executors.stream().anyMatch(ExecutorFacts::onGpus);
    if (onGpus) {
      // nvidia-smi counts GPUs by their slot; CUDA does only where it is told to.
      lacking(
          executor -> executor.onGpus() && !is(executor, "CUDA_DEVICE_ORDER", "PCI_BUS_ID"),
          "GPUs are not numbered as nvidia-smi numbers them",
          "CUDA_DEVICE_ORDER=PCI_BUS_ID",
          missing);
      return missing;
    }
    int threads = executors.stream().mapToInt(ExecutorFacts::threads).max().orElse(1);
    // libnd4j splits the sum of a whole array by the threads its process started with.
    lacking(
        executor -> !executor.environment().containsKey("OMP_NUM_THREADS"),
        "the last bits of a result depend on the cores of a machine",
        "OMP_NUM_THREADS=" + threads,
        missing);
    lacking(
        executor -> number(executor, "OMP_NUM_THREADS") < executor.threads(),
        "operations use fewer threads than the %d of a worker".formatted(threads),
        "OMP_NUM_THREADS=" + threads,
        missing);
    lacking(
        executor ->
            !executor.environment().containsKey("OMP_NUM_THREADS")
                    && !executor.environment().containsKey("OPENBLAS_NUM_THREADS")
                || executor.environment().containsKey("OPENBLAS_NUM_THREADS")
                    && number(executor, "OPENBLAS_NUM_THREADS") < executor.threads(),
        "OpenBLAS has another number of threads than the %d of a worker".formatted(threads),
        "OPENBLAS_NUM_THREADS=" + threads,
        missing);
    lacking(
        executor -> !is(executor, "OMP_WAIT_POLICY", "PASSIVE"),
        "idle OpenMP threads spin and hold the cores",
        "OMP_WAIT_POLICY=PASSIVE",
        missing);
    lacking(
        executor -> !executor.environment().containsKey("GOMP_SPINCOUNT"),
        "OpenMP threads go to sleep between two operations",
        "GOMP_SPINCOUNT=10000",
        missing);
    lacking(
        executor -> !executor.environment().containsKey("OPENBLAS_THREAD_TIMEOUT"),
        "idle OpenBLAS threads spin and hold the cores",
        "OPENBLAS_THREAD_TIMEOUT=4",
        missing);
    String vectors = "--add-modules=" + ExecutorFacts.VECTOR_MODULE;
    add(
        executor -> !executor.vectors(),
        "loops in Java run without vector instructions",
        local ? "start Java with " + vectors : "--conf spark.executor.extraJavaOptions=" + vectors,
        missing);
    add(
        executor -> executor.processLimit() <= 0,
        "nothing stops arrays before the system kills the process",
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=… in "
            + (local ? "Java's options" : "spark.executor.extraJavaOptions"),
        missing);
    return missing;
  }

  /**
   * The same of a cluster's driver, which is this process, and of the containers that were asked
   * for.
   *
   * @param conf of the application
   * @param vectors whether this process has Java's vector module
   */
  static List<String> missingSettings(SparkConf conf, boolean vectors) {
    List<String> missing = new ArrayList<>();
    boolean clusterMode = conf.get("spark.submit.deployMode", "client").equals("cluster");
    if (!vectors) {
      missing.add(
          "the driver: loops in Java run without vector instructions: %s--add-modules=%s"
              .formatted(
                  clusterMode ? "--conf spark.driver.extraJavaOptions=" : "--driver-java-options ",
                  ExecutorFacts.VECTOR_MODULE));
    }
    String master = conf.get("spark.master");
    if (master.startsWith("yarn") || master.startsWith("k8s")) {
      for (String process : clusterMode ? List.of("executor", "driver") : List.of("executor")) {
        String overhead = "spark." + process + ".memoryOverhead";
        if (!conf.contains(overhead)
            && !conf.contains(overhead + "Factor")
            && !conf.contains("spark.kubernetes.memoryOverheadFactor")) {
          missing.add(
              "%s is not set: a container has a tenth of the heap, at least 384m, for arrays outside it, and is ended where they need more: --conf %s=4g, or what docs/cluster.md reckons"
                  .formatted(overhead, overhead));
        }
      }
    }
    return missing;
  }

  private void lacking(
      Predicate<ExecutorFacts> lacks, String effect, String setting, List<String> missing) {
    add(
        lacks,
        effect,
        local ? "set " + setting + " before the start" : "--conf spark.executorEnv." + setting,
        missing);
  }

  private void add(
      Predicate<ExecutorFacts> lacks, String effect, String remedy, List<String> missing) {
    List<String> of = executors.stream().filter(lacks).map(ExecutorFacts::id).toList();
    if (!of.isEmpty()) {
      String where =
          local
              ? ""
              : of.size() == executors.size()
                  ? "all executors: "
                  : (of.size() == 1 ? "executor " : "executors ") + String.join(", ", of) + ": ";
      missing.add(where + effect + ": " + remedy);
    }
  }

  private static boolean is(ExecutorFacts executor, String variable, String value) {
    return value.equalsIgnoreCase(executor.environment().get(variable));
  }

  /** The value of a variable; unset, or no number: as many as there are cores, which is enough. */
  private static int number(ExecutorFacts executor, String variable) {
    String value = executor.environment().getOrDefault(variable, "");
    return value.matches("[1-9]\\d{0,5}") ? Integer.parseInt(value) : Integer.MAX_VALUE;
  }
}
