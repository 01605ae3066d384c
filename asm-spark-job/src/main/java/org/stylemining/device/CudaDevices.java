package org.stylemining.device;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;

/** The GPUs that this process sees, in CUDA's order. */
final class CudaDevices {
  /** Longer than any place on a bus. */
  private static final int LENGTH = 64;

  private CudaDevices() {}

  /**
   * Their places on the PCI bus by CUDA's number; empty texts where CUDA does not tell. Only for
   * the build for GPUs.
   */
  static List<String> buses() {
    int count = Nd4j.getAffinityManager().getNumberOfDevices();
    List<String> buses = new ArrayList<>();
    for (int device = 0; device < count; device++) {
      buses.add(bus(device));
    }
    return buses;
  }

  /** CUDA's bindings are on the class path of that build alone, so they are called by name. */
  private static String bus(int device) {
    try {
      Method ask =
          Class.forName("org.bytedeco.cuda.global.cudart")
              .getMethod("cudaDeviceGetPCIBusId", byte[].class, int.class, int.class);
      byte[] text = new byte[LENGTH];
      if ((int) ask.invoke(null, text, LENGTH, device) != 0) {
        return "";
      }
      return NvidiaSmi.bus(new String(text, StandardCharsets.US_ASCII).replaceFirst("\0.*", ""));
    } catch (ReflectiveOperationException | LinkageError e) {
      return "";
    }
  }
}
