package org.stylemining.device;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.stylemining.config.Device;
import org.stylemining.config.UserMistake;
import org.stylemining.doctor.Backend;

class DeviceRequestTest {
  private final SparkConf gpus =
      spark()
          .set("spark.executor.resource.gpu.amount", "2")
          .set("spark.task.resource.gpu.amount", "1");

  @Test
  void aBuildForProcessorsRefusesGpusThatWouldStandIdle() {
    assertThatThrownBy(() -> check(Device.AUTO, Backend.CPU, gpus))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("spark.task.resource.gpu.amount=1")
        .hasMessageContaining("ASM_PROFILE=cuda")
        .hasMessageContaining("cluster.device=cpu");
    assertThatThrownBy(
            () ->
                check(
                    Device.AUTO,
                    Backend.CPU,
                    spark().set("spark.executor.resource.gpu.amount", "1")))
        .hasMessageContaining("spark.executor.resource.gpu.amount=1");
    assertThatThrownBy(() -> check(Device.GPU, Backend.CPU, spark()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("cluster.device = gpu");
  }

  @Test
  void aDryRunMayComputeOnProcessorsWhereGpusAreGiven() {
    assertThatCode(() -> check(Device.CPU, Backend.CPU, gpus)).doesNotThrowAnyException();
    assertThatCode(() -> check(Device.AUTO, Backend.CPU, spark())).doesNotThrowAnyException();
  }

  @Test
  void aBuildForGpusWantsOneForEachTask() {
    assertThatCode(() -> check(Device.AUTO, Backend.CUDA, gpus)).doesNotThrowAnyException();
    assertThatCode(() -> check(Device.GPU, Backend.CUDA, gpus)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check(Device.AUTO, Backend.CUDA, spark()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("--conf spark.task.resource.gpu.amount=1");
    assertThatThrownBy(
            () ->
                check(
                    Device.AUTO,
                    Backend.CUDA,
                    spark().set("spark.task.resource.gpu.amount", "0.5")))
        .hasMessageContaining("spark.task.resource.gpu.amount=0.5");
    assertThatThrownBy(() -> check(Device.CPU, Backend.CUDA, gpus))
        .hasMessageContaining("ASM_PROFILE=cpu");
  }

  @Test
  void inLocalModeSparkKnowsNoGpus() {
    assertThatCode(
            () -> check(Device.AUTO, Backend.CUDA, new SparkConf(false).setMaster("local[2]")))
        .doesNotThrowAnyException();
  }

  private static void check(Device device, Backend backend, SparkConf spark) {
    new DeviceRequest(device, 0).check(Optional.of(backend), spark);
  }

  private static SparkConf spark() {
    return new SparkConf(false).setMaster("spark://node:7077");
  }
}
