package org.stylemining.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NvidiaSmiTest {
  @Test
  void readsItsTable() {
    assertThat(
            NvidiaSmi.gpus(
                List.of(
                    "printf",
                    "0, 00000000:3B:00.0, GPU-8f2a-11, NVIDIA A100-SXM4-40GB\\n1, 00000001:5E:00.0, GPU-77, Tesla V100\\n")))
        .containsExactly(
            new Gpu("0", "0000:3b:00.0", "GPU-8f2a-11", "NVIDIA A100-SXM4-40GB"),
            new Gpu("1", "0001:5e:00.0", "GPU-77", "Tesla V100"));
  }

  @Test
  void tellsOfNoneWhereItIsMissingOrFails() {
    assertThat(NvidiaSmi.gpus(List.of("no-such-nvidia-smi"))).isEmpty();
    assertThat(NvidiaSmi.gpus(List.of("false"))).isEmpty();
  }
}
