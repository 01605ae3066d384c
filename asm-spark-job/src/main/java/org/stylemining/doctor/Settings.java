package org.stylemining.doctor;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the environment and Java's options decide, and whether it goes together with the machine.
 */
final class Settings {
  private static final String THREADS = "OMP_NUM_THREADS";
  private static final String WAIT = "OMP_WAIT_POLICY";
  private static final String BLAS_THREADS = "OPENBLAS_NUM_THREADS";
  private static final String BLAS_TIMEOUT = "OPENBLAS_THREAD_TIMEOUT";

  /** The natives of either backend, unpacked, fit in; the CUDA ones are 0.9 GiB. */
  private static final long CACHE_BYTES = 3L << 29;

  private final Surroundings here;

  Settings(Surroundings here) {
    this.here = here;
  }

  List<Fact> facts() {
    return List.of(
        new Fact("threads", THREADS, variable(THREADS).orElse("not set: as many as cores")),
        new Fact(
            "threads",
            WAIT,
            variable(WAIT).orElse("not set: OpenMP's threads spin for a while after each call")),
        new Fact(
            "threads",
            BLAS_TIMEOUT,
            variable(BLAS_TIMEOUT)
                .orElse("not set: OpenBLAS's threads spin for a while after each call")),
        new Fact("threads", "cores", String.valueOf(here.cores())),
        new Fact("memory", "of the machine", Bytes.text(here.memory())),
        new Fact("memory", "Java heap at most", Bytes.text(here.heap())),
        new Fact(
            "memory", "arrays at most", Bytes.limit(here.arrayBytes()) + " (javacpp.maxbytes)"),
        new Fact(
            "memory",
            "process at most",
            Bytes.limit(here.processBytes()) + " (javacpp.maxphysicalbytes)"),
        new Fact("memory", "native library cache", here.nativeCache().toString()));
  }

  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    checks.add(threads(THREADS));
    if (variable(BLAS_THREADS).isPresent()) {
      checks.add(threads(BLAS_THREADS));
    }
    checks.add(arrays());
    checks.add(process());
    checks.add(cache());
    return checks;
  }

  private Check threads(String name) {
    Optional<String> given = variable(name);
    if (given.isEmpty()) {
      return Check.ok(name, "not set, %d cores".formatted(here.cores()));
    }
    String remedy = "unset it, or set it to the cores of one task, at most " + here.cores();
    if (!given.get().matches("[1-9]\\d{0,5}")) {
      return Check.failed(
          name, "expected a positive number, found '%s'".formatted(given.get()), remedy);
    }
    int threads = Integer.parseInt(given.get());
    return Check.of(
        name,
        threads <= here.cores(),
        "%d %s on %d %s"
            .formatted(
                threads,
                threads == 1 ? "thread" : "threads",
                here.cores(),
                here.cores() == 1 ? "core" : "cores"),
        remedy + "; more threads than cores wait for each other");
  }

  private Check arrays() {
    return Check.of(
        "memory of arrays",
        here.arrayBytes() <= here.memory(),
        "org.bytedeco.javacpp.maxbytes is %s of %s"
            .formatted(Bytes.limit(here.arrayBytes()), Bytes.text(here.memory())),
        "set -Dorg.bytedeco.javacpp.maxbytes to what the machine has left beside the heap (bin/asm takes 60%)");
  }

  private Check process() {
    boolean fits = here.processBytes() > 0 && here.processBytes() <= here.memory();
    return Check.of(
        "memory of the process",
        fits,
        "org.bytedeco.javacpp.maxphysicalbytes is %s of %s"
            .formatted(Bytes.limit(here.processBytes()), Bytes.text(here.memory())),
        "set -Dorg.bytedeco.javacpp.maxphysicalbytes below the machine's memory (bin/asm takes 90%), or the system kills the process instead of a message");
  }

  private Check cache() {
    File folder = here.nativeCache().toFile();
    String remedy =
        "set ASM_NATIVE_CACHE to a folder that can be written, with %s free"
            .formatted(Bytes.text(CACHE_BYTES));
    if (!folder.isDirectory() || !folder.canWrite()) {
      return Check.failed(
          "native library cache", folder + " is not a folder that can be written", remedy);
    }
    return Check.of(
        "native library cache",
        folder.getUsableSpace() >= CACHE_BYTES,
        "%s free at %s".formatted(Bytes.text(folder.getUsableSpace()), folder),
        remedy);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(here.environment().get(name)).filter(value -> !value.isBlank());
  }
}
