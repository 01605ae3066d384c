package org.stylemining.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The Python, usually with PyTorch, that some tests compare with, where there is one. */
public final class PyTorch {
  private static final Path SCRIPTS = Path.of("src/test/python");

  private PyTorch() {}

  private static String python() {
    return Optional.ofNullable(System.getenv("ASM_PYTHON")).orElse("/usr/bin/python3");
  }

  /** Skips the test where there is no PyTorch. */
  public static void assumePresent() throws Exception {
    assumePresent("torch");
  }

  /** Skips the test where that Python cannot import a module. */
  public static void assumePresent(String module) throws Exception {
    boolean present;
    try {
      present = execute(List.of(python(), "-c", "import " + module)).status == 0;
    } catch (IOException e) {
      present = false;
    }
    assumeTrue(
        present,
        () ->
            "%s cannot import %s: set ASM_PYTHON to one that can, to run this test"
                .formatted(python(), module));
  }

  /** Runs a script of src/test/python, which must succeed; what it said. */
  public static String run(String script, Object... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(python(), "-B", SCRIPTS + "/" + script));
    for (Object arg : args) {
      command.add(arg.toString());
    }
    Answer answer = execute(command);
    assertThat(answer.status).as(answer.said).isZero();
    return answer.said;
  }

  private record Answer(int status, String said) {}

  private static Answer execute(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      return new Answer(process.exitValue(), said);
    } finally {
      process.destroyForcibly();
    }
  }
}
