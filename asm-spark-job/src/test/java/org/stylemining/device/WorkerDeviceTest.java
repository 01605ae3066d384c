package org.stylemining.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stylemining.config.UserMistake;

class WorkerDeviceTest {
  @Test
  void sparksAddressOfAGpuIsItsNumber() {
    assertThat(WorkerDevice.ordinal("0", 1)).isZero();
    assertThat(WorkerDevice.ordinal("3", 4)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "GPU-8f2a", "-1", ""})
  void aGpuThatTheProcessHasNotIsNamed(String address) {
    assertThatThrownBy(() -> WorkerDevice.ordinal(address, 2))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("'" + address + "'")
        .hasMessageContaining("below 2")
        .hasMessageContaining("discoveryScript");
  }
}
