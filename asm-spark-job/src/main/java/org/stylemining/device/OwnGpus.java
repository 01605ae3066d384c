package org.stylemining.device;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The GPUs of this executor's process. */
final class OwnGpus {
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  /** Addresses that Spark gave this executor, as far as they are known here. */
  private static final TreeSet<String> GIVEN = new TreeSet<>();

  private static GpuNumbers known;

  private OwnGpus() {}

  /** Tells this process the addresses that Spark gave its executor. */
  static synchronized void given(List<String> addresses) {
    if (GIVEN.addAll(addresses)) {
      known = null;
    }
  }

  /** What this process sees; only for the build for GPUs. */
  static synchronized GpuNumbers numbers() {
    if (known == null) {
      known =
          new GpuNumbers(
              NvidiaSmi.gpus(),
              CudaDevices.buses(),
              Optional.ofNullable(System.getenv(VISIBLE)),
              List.copyOf(GIVEN));
    }
    return known;
  }

  /** All that this process sees, by CUDA's numbers; only for the build for GPUs. */
  static List<Gpu> all() {
    GpuNumbers numbers = numbers();
    return IntStream.range(0, numbers.buses().size())
        .mapToObj(i -> described(String.valueOf(i), numbers.buses().get(i), numbers.smi()))
        .toList();
  }

  /**
   * The GPU with an address, with what is known of it here.
   *
   * @param computes whether this build computes on it; else its address is all that matters
   */
  static Gpu describe(String address, boolean computes) {
    if (computes) {
      GpuNumbers numbers = numbers();
      String bus = numbers.buses().get(numbers.of(address));
      return described(address, bus, numbers.smi());
    }
    return described(address, "", NvidiaSmi.gpus());
  }

  static Gpu described(String address, String bus, List<Gpu> smi) {
    return smi.stream()
        .filter(
            gpu ->
                bus.isEmpty()
                    ? gpu.address().equals(address) || gpu.uuid().equals(address)
                    : gpu.bus().equals(bus))
        .findFirst()
        .map(gpu -> new Gpu(address, gpu.bus(), gpu.uuid(), gpu.model()))
        .orElse(new Gpu(address, bus, "", ""));
  }
}
