package org.stylemining.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that do not go together with a machine of 4 cores and 16 GiB. */
class SettingsTest {
  private static final long GIBIBYTE = 1L << 30;

  @TempDir Path folder;
  private Surroundings good;

  @BeforeEach
  void settingsThatGoTogether() {
    good =
        new Surroundings(
            Map.of("OMP_NUM_THREADS", "4", "OMP_WAIT_POLICY", "PASSIVE"),
            4,
            16 * GIBIBYTE,
            3 * GIBIBYTE,
            9 * GIBIBYTE,
            14 * GIBIBYTE,
            folder);
  }

  @Test
  void theLaunchersSettingsPass() {
    assertThat(failures(good)).isEmpty();
    assertThat(failures(with(Map.of()))).isEmpty();
  }

  @Test
  void moreThreadsThanCoresArePointedOut() {
    assertThat(failures(with(Map.of("OMP_NUM_THREADS", "8"))))
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.name()).isEqualTo("OMP_NUM_THREADS");
              assertThat(check.found()).isEqualTo("8 threads on 4 cores");
              assertThat(check.remedy()).contains("at most 4");
            });
    assertThat(failures(with(Map.of("OPENBLAS_NUM_THREADS", "8"))))
        .singleElement()
        .satisfies(check -> assertThat(check.name()).isEqualTo("OPENBLAS_NUM_THREADS"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-2", "many", "2,1"})
  void aNumberOfThreadsThatIsNoneIsPointedOut(String threads) {
    assertThat(failures(with(Map.of("OMP_NUM_THREADS", threads))))
        .singleElement()
        .satisfies(check -> assertThat(check.found()).contains("'" + threads + "'"));
  }

  @Test
  void limitsAboveTheMachinesMemoryArePointedOut() {
    assertThat(failures(limits(20 * GIBIBYTE, 14 * GIBIBYTE)))
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.found()).contains("maxbytes is 20.0 GiB of 16.0 GiB");
              assertThat(check.remedy()).contains("-Dorg.bytedeco.javacpp.maxbytes");
            });
    assertThat(failures(limits(9 * GIBIBYTE, 20 * GIBIBYTE)))
        .singleElement()
        .satisfies(check -> assertThat(check.found()).contains("maxphysicalbytes is 20.0 GiB"));
  }

  @Test
  void aProcessWithoutALimitIsPointedOut() {
    assertThat(failures(limits(0, 0)))
        .singleElement()
        .satisfies(check -> assertThat(check.found()).contains("maxphysicalbytes is no limit"));
  }

  @Test
  void aCacheThatIsNoFolderIsPointedOut() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Surroundings here =
        new Surroundings(
            good.environment(),
            good.cores(),
            good.memory(),
            good.heap(),
            good.arrayBytes(),
            good.processBytes(),
            file);

    assertThat(failures(here))
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.found()).contains(file.toString());
              assertThat(check.remedy()).contains("ASM_NATIVE_CACHE");
            });
  }

  private Surroundings with(Map<String, String> environment) {
    return new Surroundings(
        environment,
        good.cores(),
        good.memory(),
        good.heap(),
        good.arrayBytes(),
        good.processBytes(),
        folder);
  }

  private Surroundings limits(long arrays, long process) {
    return new Surroundings(
        good.environment(), good.cores(), good.memory(), good.heap(), arrays, process, folder);
  }

  private static List<Check> failures(Surroundings here) {
    return new Settings(here).checks().stream().filter(check -> !check.passed()).toList();
  }
}
