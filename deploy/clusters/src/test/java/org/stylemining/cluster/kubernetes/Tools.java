package org.stylemining.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs that a cluster here needs of the machine; tests are skipped where one is missing. */
final class Tools {
  /** Names the API server's program, plain or compressed by xz. */
  private static final String VARIABLE = "ASM_KUBE_APISERVER";

  private static final List<String> PROGRAMS =
      List.of(
          "etcd", "ip", "openssl", "unshare", "nsenter", "setpriv", "socat", "tini", "xz", "zip");

  private Tools() {}

  /** Skips the calling test where something is missing, and says what. */
  static void assumePresent() throws IOException, InterruptedException {
    Path server = found();
    assumeTrue(
        Files.isRegularFile(server),
        () -> "no kube-apiserver on PATH or at " + server + ": set " + VARIABLE);
    List<String> missing =
        PROGRAMS.stream().filter(program -> onPath(program).isEmpty()).sorted().toList();
    assumeTrue(missing.isEmpty(), () -> "not on this machine: " + String.join(", ", missing));
    assumeTrue(mayMakeNamespaces(), "namespaces may not be made here: not root?");
  }

  /**
   * The API server's program, ready to run.
   *
   * @param folder where it is unpacked to if it is compressed
   */
  static Path apiServer(Path folder) throws IOException, InterruptedException {
    Path found = found();
    if (!found.toString().endsWith(".xz")) {
      return found.toAbsolutePath();
    }
    Path program = folder.resolve("kube-apiserver");
    Process xz =
        new ProcessBuilder("xz", "-dc", found.toString())
            .redirectOutput(program.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (xz.waitFor() != 0 || !program.toFile().setExecutable(true)) {
      throw new IOException(found + ": cannot be unpacked");
    }
    return program;
  }

  private static Path found() {
    return Optional.ofNullable(System.getenv(VARIABLE))
        .map(Path::of)
        .or(() -> onPath("kube-apiserver"))
        .orElse(Path.of("../../../shared/cluster/kubernetes/kube-apiserver.xz"));
  }

  /** Runs a command; an error with its output where it fails. */
  static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended").isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command) + "\n" + output).isZero();
  }

  private static boolean mayMakeNamespaces() throws IOException, InterruptedException {
    return new ProcessBuilder("unshare", "--net", "--pid", "--mount", "--fork", "true")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
