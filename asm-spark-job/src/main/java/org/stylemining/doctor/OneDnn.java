package org.stylemining.doctor;

import java.util.List;
import org.stylemining.bench.OneDnnProcess;
import org.stylemining.bench.OneDnnTrace;

/**
 * Whether oneDNN, several times faster than libnd4j's own loops, does what it is there for. ND4J
 * does not tell; oneDNN does, on the C library's standard output, so a process of its own is asked.
 */
final class OneDnn {
  private static final String CONVOLUTION = "convolution";
  private static final String PRODUCT = "matmul";
  private static final String HEAP = "256m";
  private static final int PATIENCE_SECONDS = 120;
  private static final String REMEDY =
      "build with the natives of the classifier linux-x86_64-onednn, as this project's pom.xml does; convolutions are several times slower without";

  private final OneDnnTrace trace;

  private OneDnn(OneDnnTrace trace) {
    this.trace = trace;
  }

  /**
   * Runs a convolution and a matrix product in another process.
   *
   * @throws IllegalStateException where that process fails
   */
  static OneDnn ask(Surroundings here) {
    return new OneDnn(
        OneDnnTrace.of(
            new OneDnnProcess(OneDnnProbe.class, HEAP, PATIENCE_SECONDS)
                .run(List.of("-Dorg.bytedeco.javacpp.cachedir=" + here.nativeCache()), List.of())));
  }

  List<Fact> facts() {
    return List.of(
        new Fact(
            "backend",
            "oneDNN",
            trace.library().isEmpty()
                ? "not there, or not used"
                : trace.library() + ", " + trace.instructions()));
  }

  List<Check> checks() {
    return List.of(used("oneDNN's convolution", CONVOLUTION), used("oneDNN's product", PRODUCT));
  }

  private Check used(String name, String primitive) {
    List<String> implementations = trace.implementations(primitive);
    return Check.of(
        name,
        !implementations.isEmpty(),
        implementations.isEmpty()
            ? "a float %s did not reach oneDNN".formatted(primitive)
            : "a float %s ran as %s".formatted(primitive, String.join(", ", implementations)),
        REMEDY);
  }
}
