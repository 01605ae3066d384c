package org.stylemining.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stylemining.config.UserMistake;

class GpuNumbersTest {
  private static final List<String> BUSES =
      List.of("0000:3b:00.0", "0000:5e:00.0", "0000:86:00.0", "0000:af:00.0");

  private static final List<Gpu> HOST =
      List.of(
          new Gpu("0", BUSES.get(0), "GPU-aaaa-0", "A100"),
          new Gpu("1", BUSES.get(1), "GPU-bbbb-1", "A100"),
          new Gpu("2", BUSES.get(2), "GPU-cccc-2", "A100"),
          new Gpu("3", BUSES.get(3), "GPU-dddd-3", "A100"));

  @Test
  void onAStandaloneHostAnAddressIsTheHostsIndex() {
    GpuNumbers numbers = new GpuNumbers(HOST, BUSES, Optional.empty(), List.of("2"));

    assertThat(numbers.of("2")).isEqualTo(2);
  }

  @Test
  void placesOnTheBusDecideWhereCudaCountsInAnotherOrder() {
    List<String> bySpeed = List.of(BUSES.get(2), BUSES.get(0), BUSES.get(1), BUSES.get(3));

    GpuNumbers numbers = new GpuNumbers(HOST, bySpeed, Optional.empty(), List.of("2"));

    assertThat(numbers.of("2")).isZero();
    assertThat(numbers.of("0")).isEqualTo(1);
  }

  @Test
  void visibleDevicesRenumberTheHosts() {
    List<String> two = List.of(BUSES.get(3), BUSES.get(1));

    assertThat(new GpuNumbers(HOST, two, Optional.of("3,1"), List.of("1")).of("1")).isEqualTo(1);
    // The same where nvidia-smi is not there to ask.
    GpuNumbers blind =
        new GpuNumbers(List.of(), List.of("", ""), Optional.of("3, 1"), List.of("1"));
    assertThat(blind.of("1")).isEqualTo(1);
    assertThat(blind.of("3")).isZero();
  }

  @Test
  void aContainerCountsItsOwnFromZero() {
    List<Gpu> inside = List.of(new Gpu("0", BUSES.get(2), "GPU-cccc-2", "A100"));

    GpuNumbers numbers =
        new GpuNumbers(inside, List.of(BUSES.get(2)), Optional.empty(), List.of("0"));

    assertThat(numbers.of("0")).isZero();
  }

  @Test
  void theHostsIndicesOfIsolatedDevicesAreTakenInOrder() {
    GpuNumbers numbers =
        new GpuNumbers(List.of(), List.of("", ""), Optional.empty(), List.of("10", "9"));

    assertThat(numbers.of("9")).isZero();
    assertThat(numbers.of("10")).isEqualTo(1);
  }

  @Test
  void anAddressMayBeAUuid() {
    assertThat(
            new GpuNumbers(HOST, BUSES, Optional.empty(), List.of("GPU-dddd-3")).of("GPU-dddd-3"))
        .isEqualTo(3);
    assertThat(
            new GpuNumbers(List.of(), List.of(""), Optional.of("GPU-dddd"), List.of("GPU-dddd-3"))
                .of("GPU-dddd-3"))
        .isZero();
  }

  @Test
  void aGpuThatTheProcessDoesNotSeeIsNamed() {
    assertThatThrownBy(
            () ->
                new GpuNumbers(HOST, List.of(BUSES.get(0)), Optional.of("0"), List.of("2")).of("2"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("'2'")
        .hasMessageContaining(BUSES.get(2))
        .hasMessageContaining("discoveryScript");
    assertThatThrownBy(
            () ->
                new GpuNumbers(
                        List.of(), List.of("", ""), Optional.of("0,1"), List.of("2", "3", "4"))
                    .of("2"))
        .hasMessageContaining("it sees 2 with CUDA_VISIBLE_DEVICES=0,1");
  }
}
