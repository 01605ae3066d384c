package org.stylemining.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * NVIDIA's driver and libraries, which this program does not bring along. Their Java bindings are
 * on the class path of the CUDA build alone, so they are called by name.
 */
final class CudaLibraries {
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");
  private static final String BINDINGS = "org.bytedeco.cuda.global.";

  /** What ND4J's CUDA backend links to; each needs those before it. */
  private static final List<String> NEEDED = List.of("cudart", "cublas", "cusolver", "cudnn");

  private static final String REMEDY =
      "install NVIDIA's driver (450.80 or newer), CUDA 11.6 and cuDNN 8, and name their folders in LD_LIBRARY_PATH; see docs/gpu.md";

  private final Map<String, Class<?>> loaded = new LinkedHashMap<>();
  private final List<Check> checks = new ArrayList<>();

  private CudaLibraries() {}

  /**
   * Loads one after another until one fails: Java tells the reason of a failure once only, and
   * those that come behind fail with it.
   */
  static CudaLibraries load() {
    CudaLibraries libraries = new CudaLibraries();
    for (String library : NEEDED) {
      Check check = libraries.load(library);
      libraries.checks.add(check);
      if (!check.passed()) {
        break;
      }
    }
    return libraries;
  }

  private Check load(String library) {
    try {
      // The binding's initialiser loads the library.
      loaded.put(library, Class.forName(BINDINGS + library));
      return Check.ok(library, "loaded");
    } catch (ClassNotFoundException | LinkageError e) {
      return Check.failed(library, Causes.root(e), REMEDY);
    }
  }

  List<Fact> facts() {
    return List.of(
        new Fact("GPU", "kernel driver", kernelDriver()),
        new Fact("GPU", "CUDA of the driver", version("cudart", "cudaDriverGetVersion")),
        new Fact("GPU", "CUDA runtime", version("cudart", "cudaRuntimeGetVersion")),
        new Fact("GPU", "cuDNN", cudnn()));
  }

  /** One a library tried. ND4J, which names none of them, is better not started where one fails. */
  List<Check> checks() {
    return List.copyOf(checks);
  }

  private static String kernelDriver() {
    try {
      return Files.readAllLines(DRIVER).get(0).replaceFirst("^NVRM version: *", "");
    } catch (IOException e) {
      return "none: no " + DRIVER;
    }
  }

  /** Versions are 1000 major + 10 minor. */
  private String version(String library, String function) {
    if (!loaded.containsKey(library)) {
      return notLoaded(library);
    }
    try {
      int[] version = new int[1];
      int status = (int) loaded.get(library).getMethod(function, int[].class).invoke(null, version);
      return status == 0
          ? version[0] / 1000 + "." + version[0] % 1000 / 10
          : function + " answered with status " + status;
    } catch (ReflectiveOperationException e) {
      return "unknown: " + Causes.root(e);
    }
  }

  /** Versions are 1000 major + 100 minor + patch. */
  private String cudnn() {
    if (!loaded.containsKey("cudnn")) {
      return notLoaded("cudnn");
    }
    try {
      long version = (long) loaded.get("cudnn").getMethod("cudnnGetVersion").invoke(null);
      return version / 1000 + "." + version % 1000 / 100 + "." + version % 100;
    } catch (ReflectiveOperationException e) {
      return "unknown: " + Causes.root(e);
    }
  }

  private static String notLoaded(String library) {
    return "unknown: " + library + " is not loaded";
  }
}
