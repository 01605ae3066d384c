package org.stylemining.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.stylemining.config.ExecutorsConfig;
import org.stylemining.config.FewerExecutors;
import org.stylemining.config.UserMistake;

class ExecutorWaitTest {
  private static final ExecutorWait.Asked THREE =
      new ExecutorWait.Asked(3, "spark.executor.instances");

  @Test
  void waitsForThoseThatWereAskedFor() {
    AtomicInteger looks = new AtomicInteger();

    assertThat(
            ExecutorWait.of(
                () -> executors(looks.getAndIncrement()),
                THREE,
                config(60, FewerExecutors.STOP),
                "yarn",
                Duration.ZERO))
        .hasSize(3);
  }

  @Test
  void stopsWithTheNumbersWhereFewerCame() {
    assertThatThrownBy(() -> wait(() -> executors(2), FewerExecutors.STOP))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("2 of 3 (spark.executor.instances) executors")
        .hasMessageContaining("cluster.executors.wait-seconds = 0")
        .hasMessageContaining("cluster.executors.fewer=go-on");
  }

  @Test
  void goesOnWithFewerWhereThatIsWanted() {
    assertThat(wait(() -> executors(2), FewerExecutors.GO_ON)).hasSize(2);
    assertThatThrownBy(() -> wait(() -> executors(0), FewerExecutors.GO_ON))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("0 of 3");
  }

  @Test
  void takesThoseThatCameWhereNobodySaidHowMany() {
    AtomicInteger looks = new AtomicInteger();

    assertThat(
            ExecutorWait.of(
                () -> executors(Math.min(2, looks.getAndIncrement())),
                new ExecutorWait.Asked(0, ""),
                config(60, FewerExecutors.STOP),
                "spark://node:7077",
                Duration.ofMillis(300)))
        .hasSize(2);
  }

  @Test
  void sparksSettingsSayHowMany() {
    assertThat(asked("yarn", "spark.executor.instances", "8").executors()).isEqualTo(8);
    assertThat(asked("k8s://https://api").executors()).isEqualTo(2);
    assertThat(asked("local-cluster[3,1,1024]").executors()).isEqualTo(3);
    assertThat(
            asked("spark://node:7077", "spark.cores.max", "12", "spark.executor.cores", "4")
                .executors())
        .isEqualTo(3);
    assertThat(asked("spark://node:7077", "spark.cores.max", "12").executors()).isZero();
    assertThat(
            asked(
                    "yarn",
                    "spark.dynamicAllocation.enabled",
                    "true",
                    "spark.dynamicAllocation.minExecutors",
                    "4")
                .executors())
        .isEqualTo(4);
    assertThat(
            ExecutorWait.asked(
                new SparkConf(false).setMaster("yarn").set("spark.executor.instances", "8"),
                new ExecutorsConfig(5, 1, FewerExecutors.STOP)))
        .isEqualTo(new ExecutorWait.Asked(5, "cluster.executors.count"));
  }

  private static ExecutorWait.Asked asked(String master, String... settings) {
    SparkConf spark = new SparkConf(false).setMaster(master);
    for (int i = 0; i < settings.length; i += 2) {
      spark.set(settings[i], settings[i + 1]);
    }
    return ExecutorWait.asked(spark, config(1, FewerExecutors.STOP));
  }

  private static List<RegisteredExecutor> wait(
      Supplier<List<RegisteredExecutor>> registered, FewerExecutors fewer) {
    return ExecutorWait.of(registered, THREE, config(0, fewer), "yarn", Duration.ZERO);
  }

  private static ExecutorsConfig config(int seconds, FewerExecutors fewer) {
    return new ExecutorsConfig(0, seconds, fewer);
  }

  private static List<RegisteredExecutor> executors(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new RegisteredExecutor(
                    String.valueOf(i), "node-" + i, true, 1, List.of(), Map.of(), ""))
        .toList();
  }
}
