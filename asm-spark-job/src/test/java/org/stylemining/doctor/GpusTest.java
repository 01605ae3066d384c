package org.stylemining.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpusTest {
  @ParameterizedTest
  @CsvSource({
    "3, 5, false", // Kepler K40
    "3, 7, true", // K80
    "6, 1, true", // GeForce 10
    "7, 0, true", // V100
    "7, 5, true", // T4
    "8, 0, true", // A100
    "8, 9, true", // L4, by the code for 8.6
    "9, 0, false", // H100
    "12, 0, false" // GeForce 50
  })
  void knowsWhichGpusThereIsCodeFor(int major, int minor, boolean runs) {
    Check check = Gpus.capability(0, major, minor);

    assertThat(check.passed()).isEqualTo(runs);
    assertThat(check.found()).contains(major + "." + minor);
  }
}
