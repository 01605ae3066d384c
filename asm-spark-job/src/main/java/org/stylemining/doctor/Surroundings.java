package org.stylemining.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * What a process finds itself in.
 *
 * @param environment variables
 * @param cores that this process may use: the machine's, or its container's
 * @param memory of the machine, or of the container, in bytes
 * @param heap largest size of the Java heap in bytes
 * @param arrayBytes limit on the memory of arrays, {@code org.bytedeco.javacpp.maxbytes}, in bytes;
 *     0: none
 * @param processBytes limit on the process's whole memory, {@code
 *     org.bytedeco.javacpp.maxphysicalbytes}, in bytes; 0: none
 * @param nativeCache folder that native libraries are unpacked into
 */
public record Surroundings(
    Map<String, String> environment,
    int cores,
    long memory,
    long heap,
    long arrayBytes,
    long processBytes,
    Path nativeCache) {

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Those of this process. */
  public static Surroundings here() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Surroundings(
        System.getenv(),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize(),
        Runtime.getRuntime().maxMemory(),
        Pointer.maxBytes(),
        Pointer.maxPhysicalBytes(),
        nativeCacheFolder());
  }

  private static Path nativeCacheFolder() {
    try {
      return Loader.getCacheDir().toPath();
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for native libraries: " + e.getMessage(), e);
    }
  }
}
