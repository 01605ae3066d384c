package org.stylemining.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * NVIDIA's driver and libraries, which this program does not bring along. Their Java bindings are
 * on the class path of the CUDA build alone, so they are called by name.
 */
final class CudaLibraries {
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");
  private static final String BINDINGS = "org.bytedeco.cuda.global.";

  /** What ND4J's CUDA backend links to, in the order of what needs what. */
  private static final List<String> NEEDED = List.of("cudart", "cublas", "cusolver", "cudnn");

  private static final String REMEDY =
      "install NVIDIA's driver (450.80 or newer), CUDA 11.6 and cuDNN 8, and name their folders in LD_LIBRARY_PATH; see docs/gpu.md";

  private CudaLibraries() {}

  static List<Fact> facts() {
    return List.of(
        new Fact("GPU", "kernel driver", kernelDriver()),
        new Fact("GPU", "CUDA of the driver", version("cudart", "cudaDriverGetVersion")),
        new Fact("GPU", "CUDA runtime", version("cudart", "cudaRuntimeGetVersion")),
        new Fact("GPU", "cuDNN", cudnn()));
  }

  /** One check a library; ND4J, which names none of them, is better not started where one fails. */
  static List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    for (String library : NEEDED) {
      checks.add(
          Check.attempt(
              library,
              REMEDY,
              () -> {
                binding(library);
                return Check.ok(library, "loaded");
              }));
    }
    return checks;
  }

  private static Class<?> binding(String library) {
    try {
      // Its initialiser loads the library.
      return Class.forName(BINDINGS + library);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("no Java bindings of " + library, e);
    }
  }

  private static String kernelDriver() {
    try {
      return Files.readAllLines(DRIVER).get(0).replaceFirst("^NVRM version: *", "");
    } catch (IOException e) {
      return "none: no " + DRIVER;
    }
  }

  /** Versions are 1000 major + 10 minor. */
  private static String version(String library, String function) {
    try {
      int[] version = new int[1];
      int status = (int) binding(library).getMethod(function, int[].class).invoke(null, version);
      return status == 0
          ? version[0] / 1000 + "." + version[0] % 1000 / 10
          : function + " answered with status " + status;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return "unknown: " + Causes.root(e);
    }
  }

  /** Versions are 1000 major + 100 minor + patch. */
  private static String cudnn() {
    try {
      long version = (long) binding("cudnn").getMethod("cudnnGetVersion").invoke(null);
      return version / 1000 + "." + version % 1000 / 100 + "." + version % 100;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return "unknown: " + Causes.root(e);
    }
  }
}
