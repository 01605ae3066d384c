package org.stylemining.device;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.stylemining.config.UserMistake;

/**
 * Which of CUDA's devices an address of Spark's means.
 *
 * <p>An address is what the discovery script printed: {@code nvidia-smi}'s index, or a UUID. Where
 * the script ran on the host (a standalone worker's) it counts the host's GPUs, where it ran in the
 * executor's container (YARN, Kubernetes) those of the container. CUDA counts those that the
 * process sees, which {@code CUDA_VISIBLE_DEVICES} may narrow and reorder further.
 *
 * @param smi what {@code nvidia-smi} tells in this process's place; empty where it is not there
 * @param buses places on the PCI bus of the devices that CUDA sees, by CUDA's number; empty texts
 *     where unknown
 * @param visible {@code CUDA_VISIBLE_DEVICES}
 * @param addresses all that Spark gave this executor
 */
record GpuNumbers(
    List<Gpu> smi, List<String> buses, Optional<String> visible, List<String> addresses) {

  /**
   * CUDA's number of the GPU with an address.
   *
   * @throws UserMistake where this process has none
   */
  int of(String address) {
    Optional<String> bus =
        smi.stream()
            .filter(gpu -> gpu.address().equals(address) || isUuid(gpu.uuid(), address))
            .map(Gpu::bus)
            .findFirst();
    if (bus.isPresent() && !buses.contains("")) {
      // Both tell the place on the bus, so nothing is left to guess.
      int number = buses.indexOf(bus.get());
      if (number >= 0) {
        return number;
      }
      throw unseen(address, "nvidia-smi has it at " + bus.get() + ", which CUDA does not see");
    }
    List<String> listed =
        visible
            .filter(list -> !list.isBlank())
            .map(list -> Arrays.stream(list.split(",")).map(String::strip).toList())
            .orElse(List.of());
    if (!listed.isEmpty()) {
      for (int i = 0; i < Math.min(listed.size(), buses.size()); i++) {
        if (listed.get(i).equals(address) || isUuid(address, listed.get(i))) {
          return i;
        }
      }
    } else if (address.matches("\\d{1,4}") && Integer.parseInt(address) < buses.size()) {
      return Integer.parseInt(address);
    }
    // The script saw the host, the process only its own: as many as Spark gave it, in order.
    List<String> own =
        addresses.stream()
            .sorted((a, b) -> a.length() != b.length() ? a.length() - b.length() : a.compareTo(b))
            .toList();
    if (own.size() == buses.size() && own.contains(address)) {
      return own.indexOf(address);
    }
    throw unseen(
        address,
        "it sees %d%s"
            .formatted(
                buses.size(),
                visible.map(list -> " with CUDA_VISIBLE_DEVICES=" + list).orElse("")));
  }

  /** A UUID may be shortened as long as it is clear. */
  private static boolean isUuid(String uuid, String prefix) {
    return prefix.matches("(GPU|MIG)-.+") && uuid.startsWith(prefix);
  }

  private UserMistake unseen(String address, String why) {
    return new UserMistake(
        "Spark gave a task the GPU '%s', but its process has no such device: %s; see to it that the discovery script (spark.executor.resource.gpu.discoveryScript; standalone: spark.worker.resource.gpu.discoveryScript) prints nvidia-smi's indices or UUIDs of GPUs that executors may use, see docs/gpu.md"
            .formatted(address, why));
  }
}
