package org.stylemining.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** What computes: ND4J's backend for processors, or the one for GPUs. */
public enum Backend {
  /** {@code nd4j-native}, with OpenBLAS and oneDNN. */
  CPU("org.nd4j.linalg.cpu.nativecpu.CpuBackend", "nd4j-native"),
  /** {@code nd4j-cuda}, with cuBLAS and cuDNN. */
  CUDA("org.nd4j.linalg.jcublas.JCublasBackend", "nd4j-cuda-11.6");

  private static final String GROUP = "backend";

  /** libnd4j's names of what it was compiled for, by its own numbers. */
  private static final List<String> LEVELS = List.of("any processor", "x86-64", "AVX2", "AVX-512");

  private final String type;
  private final String artifact;

  Backend(String type, String artifact) {
    this.type = type;
    this.artifact = artifact;
  }

  /** The one on the class path, found without starting it; ND4J prefers the GPU's. */
  public static Optional<Backend> onClassPath() {
    if (CUDA.present()) {
      return Optional.of(CUDA);
    }
    return CPU.present() ? Optional.of(CPU) : Optional.empty();
  }

  private boolean present() {
    return Backend.class.getResource("/" + type.replace('.', '/') + ".class") != null;
  }

  /** What is known without starting it. */
  List<Fact> facts() {
    return List.of(
        new Fact(GROUP, "kind", name()),
        new Fact(GROUP, "ND4J", version("org.nd4j", "nd4j-api")),
        new Fact(
            GROUP,
            "libnd4j",
            "%s of %s, commit %s".formatted(version("org.nd4j", artifact), artifact, commit())));
  }

  /** What it says of itself; starts it. */
  List<Fact> startedFacts() {
    // ND4J has to choose its backend before anybody asks for the native operations.
    String built = Nd4j.getBackend().buildInfo();
    NativeOps natives = NativeOpsHolder.getInstance().getDeviceNativeOps();
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            GROUP, "built", built.lines().map(String::strip).collect(Collectors.joining(", "))));
    if (this == CPU) {
      facts.add(
          new Fact(
              GROUP,
              "instruction sets",
              "built for %s, the processor has those of %s; oneDNN and OpenBLAS choose theirs as they run"
                  .formatted(level(natives.binaryLevel()), level(natives.optimalLevel()))));
      facts.add(
          new Fact(
              GROUP,
              "BLAS",
              "%s %s"
                  .formatted(
                      Nd4j.factory().blas().getBlasVendor(), version("org.bytedeco", "openblas"))));
      facts.add(new Fact("threads", "OpenMP, in use", String.valueOf(natives.ompGetMaxThreads())));
      facts.add(
          new Fact("threads", "ND4J, at most", String.valueOf(Nd4j.getEnvironment().maxThreads())));
      facts.add(
          new Fact(
              "threads",
              "OpenBLAS, in use",
              String.valueOf(Nd4j.factory().blas().getMaxThreads())));
    } else {
      facts.add(new Fact(GROUP, "BLAS", "cuBLAS"));
    }
    return facts;
  }

  private static String level(int number) {
    return number >= 0 && number < LEVELS.size() ? LEVELS.get(number) : "level " + number;
  }

  private static String version(String group, String artifact) {
    return property("/META-INF/maven/%s/%s/pom.properties".formatted(group, artifact), "version");
  }

  private String commit() {
    return property(
        "/org/eclipse/org.nd4j-%s-git.properties".formatted(artifact), "git.commit.id.abbrev");
  }

  private static String property(String resource, String key) {
    Properties properties = new Properties();
    try (InputStream in = Backend.class.getResourceAsStream(resource)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      return "unknown: " + e.getMessage();
    }
    return properties.getProperty(key, "unknown");
  }
}
