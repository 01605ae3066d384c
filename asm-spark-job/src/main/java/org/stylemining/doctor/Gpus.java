package org.stylemining.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The GPUs that ND4J's CUDA backend sees. */
final class Gpus {
  /**
   * Compute capabilities that libnd4jcuda.so has code for, as major * 10 + minor: a device runs
   * code of its own major number and a minor number not above its own. There is no PTX in it that
   * the driver could translate for others.
   */
  private static final List<Integer> COMPILED = List.of(37, 50, 52, 60, 61, 70, 75, 80, 86);

  private final NativeOps natives = NativeOpsHolder.getInstance().getDeviceNativeOps();
  private final int count = Nd4j.getAffinityManager().getNumberOfDevices();

  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("GPU", "devices", String.valueOf(count)));
    for (int i = 0; i < count; i++) {
      facts.add(
          new Fact(
              "GPU",
              "device " + i,
              "%s, compute capability %d.%d, %s, %s free"
                  .formatted(
                      natives.getDeviceName(i),
                      natives.getDeviceMajor(i),
                      natives.getDeviceMinor(i),
                      Bytes.text(natives.getDeviceTotalMemory(i)),
                      Bytes.text(natives.getDeviceFreeMemory(i)))));
    }
    return facts;
  }

  int count() {
    return count;
  }

  /** Whether this build has code for a device. */
  Check capability(int device) {
    return capability(device, natives.getDeviceMajor(device), natives.getDeviceMinor(device));
  }

  static Check capability(int device, int major, int minor) {
    boolean runs = COMPILED.stream().anyMatch(c -> c / 10 == major && c % 10 <= minor);
    return Check.of(
        "code for GPU " + device,
        runs,
        "compute capability %d.%d".formatted(major, minor),
        "use a GPU of compute capability 3.7 or 5.0 to 8.9: ND4J 1.0.0-M2.1 has no code for this one");
  }

  /** Works on a device; a device belongs to a thread, so it gets a new one. */
  static Check on(int device, Runnable work) {
    String name = "GPU " + device;
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              Nd4j.getAffinityManager().unsafeSetDevice(device);
              work.run();
            },
            name);
    thread.setUncaughtExceptionHandler((dead, cause) -> failure.set(cause));
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " was checked", e);
    }
    return failure.get() == null
        ? Check.ok(name, "was used")
        : Check.failed(name, Causes.of(failure.get()), "see docs/gpu.md; report this output");
  }
}
