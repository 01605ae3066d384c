package org.stylemining.device;

import java.io.Serializable;

/**
 * A GPU of an executor.
 *
 * @param address Spark's
 * @param bus its place on its host's PCI bus, such as {@code 0000:3b:00.0}; empty where unknown
 * @param uuid NVIDIA's name of the one device; empty where unknown
 * @param model such as {@code NVIDIA A100-SXM4-40GB}; empty where unknown
 */
public record Gpu(String address, String bus, String uuid, String model) implements Serializable {

  /** What no two GPUs of a host have in common; a mere address may be counted in a container. */
  String identity() {
    return !bus.isEmpty() ? bus : !uuid.isEmpty() ? uuid : "address " + address;
  }

  /** Whether {@link #identity} holds for the whole host. */
  boolean isCertain() {
    return !bus.isEmpty() || !uuid.isEmpty();
  }

  /** {@code GPU 1 (NVIDIA A100-SXM4-40GB, GPU-8f2a…)}. */
  @Override
  public String toString() {
    String more = String.join(", ", model, uuid.isEmpty() ? bus : uuid).replaceAll("^, |, $", "");
    return "GPU " + address + (more.isEmpty() ? "" : " (" + more + ")");
  }
}
