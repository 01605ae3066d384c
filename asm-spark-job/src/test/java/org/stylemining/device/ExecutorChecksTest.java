package org.stylemining.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.stylemining.adapt.WorkerMemory;

class ExecutorChecksTest {
  private static final long GIB = 1L << 30;

  private static final Map<String, String> COMPLETE =
      Map.of(
          "OMP_NUM_THREADS", "4",
          "OPENBLAS_NUM_THREADS", "4",
          "OMP_WAIT_POLICY", "PASSIVE",
          "GOMP_SPINCOUNT", "10000",
          "OPENBLAS_THREAD_TIMEOUT", "4");

  /** 5 GiB. */
  private final MemoryNeed need =
      new MemoryNeed(new WorkerMemory(GIB, GIB, 2 * GIB, GIB, "data.crop"), GIB, GIB);

  @Test
  void oneGpuIsNotGivenToTwoExecutors() {
    Gpu first = new Gpu("0", "0000:3b:00.0", "GPU-1", "A100");
    Gpu again = new Gpu("1", "0000:3b:00.0", "GPU-1", "A100");
    Gpu other = new Gpu("0", "0000:5e:00.0", "GPU-2", "A100");

    assertThat(gpus(onGpu("1", "node-7", first), onGpu("2", "node-7", again)))
        .singleElement()
        .asString()
        .contains("node-7, GPU 0000:3b:00.0", "1 (address 0) and 2 (address 1)", "discovery");
    assertThat(gpus(onGpu("1", "node-7", first), onGpu("2", "node-7", other))).isEmpty();
    assertThat(gpus(onGpu("1", "node-7", first), onGpu("2", "node-8", first))).isEmpty();
  }

  @Test
  void anAddressIsEnoughWhereNothingMoreIsKnownAndNothingIsIsolated() {
    ExecutorFacts one = onGpu("1", "node-7", new Gpu("0", "", "", ""));
    ExecutorFacts two = onGpu("2", "node-7", new Gpu("0", "", "", ""));

    assertThat(new ExecutorChecks(List.of(one, two), false).gpuMistakes(false))
        .singleElement()
        .asString()
        .contains("node-7, GPU 0 was given to 2 executors");
    assertThat(new ExecutorChecks(List.of(one, two), false).gpuMistakes(true)).isEmpty();
  }

  @Test
  void workersDoNotShareAGpu() {
    ExecutorFacts crowded =
        facts("driver", 4, 0, List.of(new Gpu("0", "0000:3b:00.0", "", "")), COMPLETE, 0, 0, 64);

    assertThat(new ExecutorChecks(List.of(crowded), true).gpuMistakes(false))
        .singleElement()
        .asString()
        .contains("4 workers", "1 GPUs", "--master local[1]");
  }

  @Test
  void whatFitsIsNotComplainedAbout() {
    assertThat(memory(2, facts("1", 2, 4, List.of(), COMPLETE, 13, 16, 24))).isEmpty();
  }

  @Test
  void aHeapThatCannotHoldWhatIsAveragedIsNamedWithWhatToSet() {
    MemoryNeed large = new MemoryNeed(need.worker(), GIB, 5 * GIB);
    ExecutorFacts executor = facts("1", 2, 4, List.of(), COMPLETE, 13, 16, 24);

    assertThat(new ExecutorChecks(List.of(executor), false).memoryMistakes(large, 2))
        .singleElement()
        .asString()
        .contains("executor 1 on node-7", "about 5.0 GiB", "spark.executor.memory=5120m");
    assertThat(new ExecutorChecks(List.of(executor), true).memoryMistakes(large, 2))
        .as("in one JVM nothing is sent")
        .isEmpty();
    assertThat(ExecutorChecks.driverMistakes(large, GIB, 0, 0, 64 * GIB))
        .singleElement()
        .asString()
        .contains("the driver", "spark.driver.memory=5120m");
  }

  @Test
  void aLimitOnArraysThatCannotHoldTheWorkersIsNamedWithWhatToSet() {
    assertThat(memory(8, facts("1", 2, 4, List.of(), COMPLETE, 8, 20, 24)))
        .singleElement()
        .asString()
        .contains(
            "executor 1 on node-7: 2 workers need",
            "5.0 GiB: network 2.0",
            "the limit on arrays is 8.0 GiB",
            "spark.executor.memoryOverhead=12801m",
            "data.crop",
            "cluster.memory-check=warn");
  }

  @Test
  void noMoreWorkersAreCountedThanTheJobHas() {
    assertThat(memory(1, facts("1", 4, 4, List.of(), COMPLETE, 8, 20, 24))).isEmpty();
  }

  @Test
  void theProcessAndItsContainerHaveLimitsToo() {
    assertThat(memory(1, facts("1", 1, 4, List.of(), COMPLETE, 0, 8, 24)))
        .singleElement()
        .asString()
        .contains("the limit on the process is 8.0 GiB", "maxphysicalbytes");
    assertThat(memory(1, facts("1", 1, 4, List.of(), COMPLETE, 0, 0, 7)))
        .singleElement()
        .asString()
        .contains("the machine or container has 7.0 GiB");
  }

  @Test
  void executorsOfOneMachineShareItsMemory() {
    assertThat(
            memory(
                2,
                facts("1", 1, 4, List.of(), COMPLETE, 0, 0, 16),
                facts("2", 1, 4, List.of(), COMPLETE, 0, 0, 16)))
        .singleElement()
        .asString()
        .contains("the 2 executors on node-7", "16.0 GiB");
  }

  @Test
  void theDriverNeedsRoomForTheAverage() {
    assertThat(ExecutorChecks.driverMistakes(need, GIB, 0, 2 * GIB, 8 * GIB))
        .singleElement()
        .asString()
        .contains("the driver needs about 1.0 GiB", "maxphysicalbytes=");
    assertThat(ExecutorChecks.driverMistakes(need, GIB, 0, 0, 2 * GIB))
        .singleElement()
        .asString()
        .contains("spark.driver.memoryOverhead=");
    assertThat(ExecutorChecks.driverMistakes(need, GIB, 2 * GIB, 3 * GIB, 8 * GIB)).isEmpty();
  }

  @Test
  void aCompleteEnvironmentIsNotComplainedAbout() {
    assertThat(missing(COMPLETE)).isEmpty();
  }

  @Test
  void fewerOpenMpThreadsThanAWorkersAreNamedWithTheSettingToAdd() {
    assertThat(missing(with("OMP_NUM_THREADS", "1")))
        .singleElement()
        .asString()
        .startsWith("all executors: ")
        .contains("fewer threads than the 4", "--conf spark.executorEnv.OMP_NUM_THREADS=4");
    assertThat(missing(with("OMP_WAIT_POLICY", "ACTIVE")))
        .singleElement()
        .asString()
        .contains("--conf spark.executorEnv.OMP_WAIT_POLICY=PASSIVE");
  }

  @Test
  void onlyExecutorsThatLackASettingAreNamed() {
    ExecutorFacts good = facts("1", 1, 4, List.of(), COMPLETE, 0, 8, 24);
    ExecutorFacts bad = facts("2", 1, 4, List.of(), Map.of(), 0, 8, 24);

    assertThat(new ExecutorChecks(List.of(good, bad), false).missingSettings())
        .hasSize(5)
        .allMatch(line -> line.startsWith("executor 2: "))
        .anyMatch(line -> line.contains("last bits"));
  }

  @Test
  void aDriverWithoutVectorsIsToldHowItGetsThem() {
    SparkConf conf =
        new SparkConf(false).set("spark.master", "yarn").set("spark.executor.memoryOverhead", "4g");

    assertThat(ExecutorChecks.missingSettings(conf, true)).isEmpty();
    assertThat(ExecutorChecks.missingSettings(conf, false))
        .singleElement()
        .asString()
        .startsWith("the driver: ")
        .contains("--driver-java-options --add-modules=jdk.incubator.vector");
    conf.set("spark.submit.deployMode", "cluster").set("spark.driver.memoryOverhead", "4g");
    assertThat(ExecutorChecks.missingSettings(conf, false))
        .singleElement()
        .asString()
        .contains("--conf spark.driver.extraJavaOptions=--add-modules=jdk.incubator.vector");
  }

  @Test
  void containersAreAskedForWithRoomForArrays() {
    SparkConf conf = new SparkConf(false).set("spark.master", "yarn");

    assertThat(ExecutorChecks.missingSettings(conf, true))
        .singleElement()
        .asString()
        .startsWith("spark.executor.memoryOverhead is not set");
    assertThat(
            ExecutorChecks.missingSettings(
                conf.clone().set("spark.submit.deployMode", "cluster"), true))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("spark.driver.memoryOverhead is not set"));
    assertThat(ExecutorChecks.missingSettings(conf.set("spark.master", "spark://far:7077"), true))
        .as("no containers there")
        .isEmpty();
  }

  private List<String> memory(int workers, ExecutorFacts... executors) {
    return new ExecutorChecks(List.of(executors), false).memoryMistakes(need, workers);
  }

  private static List<String> gpus(ExecutorFacts... executors) {
    return new ExecutorChecks(List.of(executors), false).gpuMistakes(true);
  }

  private static List<String> missing(Map<String, String> environment) {
    return new ExecutorChecks(List.of(facts("1", 1, 4, List.of(), environment, 0, 8, 24)), false)
        .missingSettings();
  }

  private static Map<String, String> with(String variable, String value) {
    Map<String, String> changed = new TreeMap<>(COMPLETE);
    changed.put(variable, value);
    return changed;
  }

  private static ExecutorFacts onGpu(String id, String host, Gpu gpu) {
    return new ExecutorFacts(
        id, host, 1, 0, List.of(gpu), COMPLETE, true, GIB, 0, 8 * GIB, 24 * GIB);
  }

  private static ExecutorFacts facts(
      String id,
      int slots,
      int threads,
      List<Gpu> gpus,
      Map<String, String> environment,
      long arrayLimit,
      long processLimit,
      long memory) {
    return new ExecutorFacts(
        id,
        "node-7",
        slots,
        threads,
        gpus,
        environment,
        true,
        3 * GIB,
        arrayLimit * GIB,
        processLimit * GIB,
        memory * GIB);
  }
}
