package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** What a plain spark-submit is told. */
class ClusterAdviceTest {
  private final SparkConf conf = new SparkConf(false).set("spark.master", "yarn");

  @Test
  void namesEverySettingThatIsMissing() {
    conf.set("spark.submit.deployMode", "cluster").set("spark.task.cpus", "3");

    assertThat(ClusterAdvice.of(conf, false))
        .anyMatch(warning -> warning.contains("OMP_NUM_THREADS") && warning.contains("(3)"));
    for (String process : new String[] {"executor", "driver"}) {
      assertThat(ClusterAdvice.of(conf, false))
          .anyMatch(
              warning ->
                  warning.startsWith(
                      "spark."
                          + process
                          + ".extraJavaOptions lacks --add-modules=jdk.incubator.vector"))
          .anyMatch(
              warning ->
                  warning.contains("-Dorg.bytedeco.javacpp.maxbytes")
                      && warning.contains("spark." + process + ".memory is 1g"))
          .anyMatch(
              warning -> warning.startsWith("spark." + process + ".memoryOverhead is not set"));
    }
  }

  @Test
  void knowsTheDriverOfThisJvmInClientMode() {
    assertThat(ClusterAdvice.of(conf, true)).allMatch(warning -> warning.contains("executor"));
    assertThat(ClusterAdvice.of(conf, false))
        .anyMatch(warning -> warning.startsWith("the driver runs without Java's vector module"));
  }

  @Test
  void isSilentWhereAllIsSetAndOnOneMachine() {
    conf.set("spark.executor.memoryOverhead", "4g")
        .set("spark.executorEnv.OMP_NUM_THREADS", "1")
        .set(
            "spark.executor.extraJavaOptions",
            "--add-modules=jdk.incubator.vector -Dorg.bytedeco.javacpp.maxbytes=3276m");

    assertThat(ClusterAdvice.of(conf, true)).isEmpty();
    assertThat(ClusterAdvice.of(new SparkConf(false).set("spark.master", "local[2]"), false))
        .isEmpty();
  }

  @Test
  void asksForNoContainerSizeWhereThereAreNoContainers() {
    assertThat(ClusterAdvice.of(conf.set("spark.master", "spark://far:7077"), true))
        .isNotEmpty()
        .noneMatch(warning -> warning.startsWith("spark.executor.memoryOverhead"));
  }
}
