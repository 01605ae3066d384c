package org.stylemining.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stylemining.cluster.Distribution;

/** What images are built of: Dockerfiles, layers, the entrypoint. */
class ImageIT {
  private static final Path DOCKER = Distribution.folder().resolve("docker");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.cpu", "Dockerfile.cuda"})
  void dockerfilesFollowTheRules(String name) throws IOException {
    Dockerfile file = Dockerfile.read(DOCKER.resolve(name));
    assertThat(file.instructions())
        .allMatch(
            instruction ->
                List.of("FROM", "RUN", "COPY", "ENV", "USER", "WORKDIR", "ENTRYPOINT", "CMD")
                    .contains(instruction.name()),
            "known, and not ADD, MAINTAINER or a lower-case name");
    assertThat(file.all("FROM"))
        .as("bases are pinned by tag")
        .allMatch(from -> from.arguments().matches("[a-z/-]+:(?!latest)[\\w.-]+( AS [a-z]+)?"));
    assertThat(file.all("RUN").stream().filter(run -> run.arguments().contains("apt-get install")))
        .as("packages leave no lists behind")
        .allMatch(
            run ->
                run.arguments().startsWith("apt-get update ")
                    && run.arguments().contains("--no-install-recommends")
                    && run.arguments().contains("rm -rf /var/lib/apt/lists/*"));
    assertThat(file.all("RUN"))
        .noneMatch(run -> run.arguments().matches(".*\\b(sudo|curl|wget|upgrade|chmod 777)\\b.*"));
    assertThat(file.all("WORKDIR")).allMatch(place -> place.arguments().matches("/build|/[a-z/]+"));
    Dockerfile image = file.image();
    assertThat(image.all("COPY"))
        .as("from stages alone")
        .allMatch(copy -> copy.arguments().startsWith("--from=layers /"));
    assertThat(image.last("USER").arguments()).as("a number").isEqualTo("10001:10001");
    assertThat(image.instructions().indexOf(image.last("USER")))
        .as("nothing is made by root afterwards")
        .isGreaterThan(image.instructions().indexOf(image.last("RUN")))
        .isGreaterThan(image.instructions().indexOf(image.last("COPY")));
    assertThat(image.last("ENTRYPOINT").words())
        .containsExactly("/usr/bin/tini", "-s", "--", "/opt/asm/bin/entrypoint");
    assertThat(image.environment())
        .containsEntry("SPARK_HOME", "/opt/asm")
        .containsEntry("ASM_CONF_DIR", "/opt/asm/conf")
        .containsEntry("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
  }

  @Test
  void whatChangesSeldomComesFirst() throws IOException {
    for (String name : List.of("Dockerfile.cpu", "Dockerfile.cuda")) {
      assertThat(
              Dockerfile.read(DOCKER.resolve(name)).image().all("COPY").stream()
                  .map(Dockerfile.Instruction::arguments)
                  .filter(arguments -> arguments.endsWith("/opt/asm/")))
          .containsExactly(
              "--from=layers /build/layers/spark/ /opt/asm/",
              "--from=layers /build/layers/natives/ /opt/asm/",
              "--from=layers /build/layers/app/ /opt/asm/");
    }
  }

  @Test
  void theBuilderIsSentWhatTheLayersNeed() throws IOException {
    List<String> sent =
        Files.readAllLines(Distribution.folder().resolve(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    assertThat(sent).contains("bin", "conf", "docker", "jars", "lib");
    assertThat(sent).allMatch(name -> Files.exists(Distribution.folder().resolve(name)));
  }

  @Test
  void layersHoldRuntimeNativesAndProgramAndAreTheSameEachTime() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/zip")), "no zip on this machine");
    Image image = Image.layOut(folder.resolve("one"));
    assertThat(image.folder().resolve("bin/entrypoint")).isExecutable();
    assertThat(image.folder().resolve("lib/asm.jar")).isRegularFile();
    assertThat(entries(folder.resolve("one/app/lib/asm.jar")))
        .contains("org/stylemining/command/Main.class")
        .noneMatch(name -> name.contains("libnd4jcpu.so"));
    assertThat(entries(folder.resolve("one/natives/jars/asm-natives.jar")))
        .contains("org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64-onednn/libnd4jcpu.so")
        .noneMatch(name -> name.endsWith(".class"));
    Image.layOut(folder.resolve("two"));
    assertThat(folder.resolve("two/natives/jars/asm-natives.jar"))
        .hasSameBinaryContentAs(folder.resolve("one/natives/jars/asm-natives.jar"));
    assertThat(Files.getLastModifiedTime(folder.resolve("two/app/lib/asm.jar")))
        .isEqualTo(Files.getLastModifiedTime(folder.resolve("one/app/lib/asm.jar")));
  }

  @Test
  void theEntrypointRunsCommandsAndPutsTheDateIn() throws Exception {
    Ran ran = entrypoint(Map.of(), "echo", "--out", "/data/runs/{date}/x");
    assertThat(ran.output).matches("--out /data/runs/\\d{4}-\\d\\d-\\d\\d/x\n");
    assertThat(ran.status).isZero();
  }

  @Test
  void theEntrypointStartsAnExecutorAsSparkAsks() throws Exception {
    Path java = folder.resolve("java/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Map<String, String> environment = new TreeMap<>();
    for (String name :
        List.of(
            "SPARK_DRIVER_URL",
            "SPARK_EXECUTOR_ID",
            "SPARK_EXECUTOR_CORES",
            "SPARK_EXECUTOR_MEMORY",
            "SPARK_APPLICATION_ID",
            "SPARK_EXECUTOR_POD_IP",
            "SPARK_EXECUTOR_POD_NAME",
            "SPARK_RESOURCE_PROFILE_ID")) {
      environment.put(name, "<" + name + ">");
    }
    for (int i = 0; i < 12; i++) {
      environment.put("SPARK_JAVA_OPT_" + i, "-Dn=" + i);
    }
    environment.put("JAVA_HOME", folder.resolve("java").toString());
    List<String> words = entrypoint(environment, "executor").output.lines().toList();
    assertThat(words).as("in their order").startsWith("-Dn=0", "-Dn=1", "-Dn=2");
    assertThat(words)
        .containsSubsequence("-Dn=9", "-Dn=10", "-Dn=11", "-Xms<SPARK_EXECUTOR_MEMORY>")
        .containsSubsequence("--hostname", "<SPARK_EXECUTOR_POD_IP>")
        .containsSubsequence("--podName", "<SPARK_EXECUTOR_POD_NAME>");
    environment.remove("SPARK_DRIVER_URL");
    Ran without = entrypoint(environment, "executor");
    assertThat(without.status).isEqualTo(2);
    assertThat(without.output).contains("SPARK_DRIVER_URL is not set");
  }

  private record Ran(int status, String output) {}

  private static Ran entrypoint(Map<String, String> environment, String... words) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of(DOCKER.resolve("entrypoint").toString()), Stream.of(words))
                    .toList())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Ran(process.exitValue(), output);
  }

  private static List<String> entries(Path jar) throws IOException {
    try (java.util.jar.JarFile file = new java.util.jar.JarFile(jar.toFile())) {
      return file.stream().map(java.util.jar.JarEntry::getName).toList();
    }
  }
}
