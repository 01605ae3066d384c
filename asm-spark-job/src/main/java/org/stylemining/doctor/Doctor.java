package org.stylemining.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Looks at everything once. */
public final class Doctor {
  /** The order in which facts are told. */
  private static final List<String> GROUPS =
      List.of(
          "program",
          "machine",
          "backend",
          "GPU",
          "threads",
          "memory",
          "libraries",
          "file systems",
          "speed");

  private static final List<ConvolutionCheck> CONVOLUTIONS =
      List.of(
          new ConvolutionCheck(1, 1, 1),
          new ConvolutionCheck(3, 1, 1),
          new ConvolutionCheck(3, 1, 2),
          new ConvolutionCheck(7, 2, 1));

  private static final String WRONG_RESULT =
      "do not trust results of this machine: try another build of the natives, or another machine, and report this output";

  private final Surroundings here;
  private final List<Fact> facts = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();

  private Doctor(Surroundings here) {
    this.here = here;
  }

  /**
   * Examines this process and its machine; takes some seconds.
   *
   * @param here what the process finds itself in
   * @param hadoop how file systems are reached
   */
  public static Diagnosis examine(Surroundings here, Configuration hadoop) {
    return new Doctor(here).look(hadoop);
  }

  private Diagnosis look(Configuration hadoop) {
    facts.addAll(Machine.facts());
    Settings settings = new Settings(here);
    facts.addAll(settings.facts());
    checks.addAll(settings.checks());
    Libraries libraries = new Libraries(hadoop);
    facts.addAll(libraries.facts());
    checks.addAll(libraries.checks());

    Optional<Backend> backend = Backend.onClassPath();
    if (backend.isEmpty()) {
      checks.add(
          Check.failed(
              "backend",
              "neither nd4j-native nor nd4j-cuda is on the class path",
              "build again: mvn -B -DskipTests package"));
    } else {
      facts.addAll(backend.get().facts());
      if (backend.get() == Backend.CPU) {
        processor();
      } else {
        gpus();
      }
    }
    // A stable sort: facts of a group keep their order.
    facts.sort(Comparator.comparingInt(fact -> GROUPS.indexOf(fact.group())));
    return new Diagnosis(facts, checks);
  }

  private void processor() {
    // First in another process: natives that do not fit the processor kill the one they are in.
    Check natives =
        Check.attempt(
            "natives",
            "build with the natives of the classifier linux-x86_64-onednn, which fit every x86-64 processor, and empty the native library cache",
            () -> {
              OneDnn oneDnn = OneDnn.ask(here);
              facts.addAll(oneDnn.facts());
              checks.addAll(oneDnn.checks());
              return Check.ok("natives", "run in a process of their own");
            });
    checks.add(natives);
    if (natives.passed() && start(Backend.CPU, "build again: mvn -B -DskipTests package")) {
      compute("");
    }
  }

  private void gpus() {
    CudaLibraries libraries = CudaLibraries.load();
    facts.addAll(libraries.facts());
    checks.addAll(libraries.checks());
    if (libraries.checks().stream().allMatch(Check::passed)
        && start(Backend.CUDA, "see docs/gpu.md for what the CUDA backend needs")) {
      Gpus gpus = new Gpus();
      facts.addAll(gpus.facts());
      for (int i = 0; i < gpus.count(); i++) {
        Check capability = gpus.capability(i);
        checks.add(capability);
        if (capability.passed()) {
          String where = " on GPU " + i;
          checks.add(Gpus.on(i, () -> compute(where)));
        }
      }
    }
  }

  private boolean start(Backend backend, String remedy) {
    Check check =
        Check.attempt(
            "backend",
            remedy,
            () -> {
              facts.addAll(backend.startedFacts());
              return Check.ok("backend", backend.name() + " starts");
            });
    checks.add(check);
    return check.passed();
  }

  /** What a training step does, on the calling thread's device. */
  private void compute(String where) {
    CONVOLUTIONS.forEach(convolution -> checks.add(convolution.run(where, WRONG_RESULT)));
    checks.addAll(NetworkCheck.run(where, WRONG_RESULT));
    facts.add(ProductSpeed.measure(where));
  }
}
