package org.stylemining.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How {@code bin/asm} of the assembled folder calls Spark, seen by a spark-submit that only tells.
 */
class LauncherIT {
  /** Java's own, wherever its vector instructions are used. */
  private static final String NOTICE = "WARNING: Using incubator modules: jdk.incubator.vector";

  private static final Path DISTRIBUTION = Path.of(System.getProperty("distribution"));
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  @TempDir Path folder;
  private Path spark;

  @BeforeEach
  void aSparkThatOnlyTells() throws IOException {
    spark = folder.resolve("spark");
    script(
        spark.resolve("bin/spark-submit"),
        """
        for word in "$@"; do echo "word $word"; done
        env | grep -E '^(OMP|OPENBLAS|ASM|SPARK)_' | sed 's/^/env /'
        exit "${TELL_STATUS:-0}"
        """);
    Files.createDirectories(spark.resolve("jars"));
  }

  @Test
  void usesAllCoresOfThisMachineByDefault() throws Exception {
    Ended asm = asm(Map.of(), "train", "a.conf", "seed=2", "--out", "run");

    assertThat(asm.status).isZero();
    assertThat(asm.words()).containsSubsequence("--master", "local[*]");
    assertThat(asm.words()).containsSubsequence("--driver-memory", "3g");
    assertThat(asm.words()).endsWith("train", "a.conf", "seed=2", "--out", "run");
    assertThat(asm.words()).containsSubsequence("--class", "org.stylemining.command.Main");
    assertThat(asm.environment())
        .containsEntry("OMP_NUM_THREADS", "1")
        .containsEntry("OPENBLAS_NUM_THREADS", "1")
        .containsEntry("OMP_WAIT_POLICY", "PASSIVE")
        .containsEntry("SPARK_LOCAL_IP", "127.0.0.1")
        .containsEntry("ASM_CONF_DIR", DISTRIBUTION.resolve("conf").toString());
  }

  @Test
  void givesEachLocalTaskItsShareOfTheCores() throws Exception {
    assertThat(asm(Map.of(), "--master", "local", "train").environment())
        .containsEntry("OMP_NUM_THREADS", String.valueOf(CORES));
    assertThat(asm(Map.of(), "--master=local[2]", "train").environment())
        .containsEntry("OMP_NUM_THREADS", String.valueOf(Math.max(1, CORES / 2)));
    assertThat(asm(Map.of(), "--master", "local[64]", "train").environment())
        .containsEntry("OMP_NUM_THREADS", "1");
    assertThat(asm(Map.of("OMP_NUM_THREADS", "5"), "--master", "local[64]", "train").environment())
        .containsEntry("OMP_NUM_THREADS", "5");
  }

  @Test
  void keepsWhatTheUserSays() throws Exception {
    Ended asm =
        asm(
            Map.of(),
            "--master",
            "local[3]",
            "--driver-memory",
            "900m",
            "--conf",
            "spark.driver.extraJavaOptions=-Dmine=1",
            "--verbose",
            "evaluate",
            "--master");

    assertThat(asm.words()).doesNotContain("local[*]", "3g");
    assertThat(asm.words()).startsWith("--master", "local[3]", "--driver-memory", "900m");
    assertThat(asm.words()).endsWith("evaluate", "--master");
    assertThat(asm.after("--driver-java-options"))
        .contains("-Dorg.bytedeco.javacpp.maxbytes=")
        .contains("log4j2.properties")
        .endsWith("-Dmine=1");
  }

  @Test
  void readsTheUsersDefaultsOfSpark() throws Exception {
    Path defaults = folder.resolve("my.conf");
    Files.writeString(
        defaults,
        "# mine\nspark.master  spark://far:7077\nspark.task.cpus=4\nspark.driver.memory 2g\n");

    Ended asm = asm(Map.of(), "--properties-file", defaults.toString(), "train");

    assertThat(asm.words()).doesNotContain("--master", "--driver-memory");
    assertThat(asm.words()).contains("spark.executorEnv.OMP_NUM_THREADS=4");
  }

  @Test
  void tellsExecutorsOfAClusterTheirThreadsAndMemory() throws Exception {
    Ended asm =
        asm(
            Map.of(),
            "--master",
            "yarn",
            "--deploy-mode",
            "cluster",
            "--executor-memory",
            "2g",
            "--conf",
            "spark.task.cpus=2",
            "--conf",
            "spark.executor.memoryOverhead=1000",
            "train");

    assertThat(asm.words())
        .contains(
            "spark.executorEnv.OMP_NUM_THREADS=2",
            "spark.executorEnv.OPENBLAS_NUM_THREADS=2",
            "spark.executorEnv.OMP_WAIT_POLICY=PASSIVE",
            "spark.executorEnv.CUDA_DEVICE_ORDER=PCI_BUS_ID",
            "spark.yarn.appMasterEnv.OMP_NUM_THREADS=2")
        .noneMatch(word -> word.startsWith("spark.executor.memoryOverhead=4"))
        .anyMatch(
            word ->
                word.startsWith(
                        "spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector ")
                    && word.contains("maxbytes=800m")
                    && word.contains("maxphysicalbytes=2895m"));
    assertThat(asm.environment()).doesNotContainKey("SPARK_LOCAL_IP");
  }

  @Test
  void tellsADriverInAClusterItsMemory() throws Exception {
    Ended asm = asm(Map.of(), "--master", "yarn", "--deploy-mode", "cluster", "train");

    assertThat(asm.words())
        .containsSubsequence("--driver-memory", "3g")
        .contains("spark.driver.memoryOverhead=4096m");
    assertThat(asm.after("--driver-java-options"))
        .isEqualTo(
            "--add-modules=jdk.incubator.vector -Dorg.bytedeco.javacpp.maxbytes=3276m -Dorg.bytedeco.javacpp.maxphysicalbytes=6809m -Dorg.bytedeco.javacpp.cachedir=natives");
  }

  @Test
  void keepsWhatTheUserSaysOfADriverInACluster() throws Exception {
    Ended asm =
        asm(
            Map.of("ASM_NATIVE_CACHE", "/data/natives"),
            "--master=k8s://https://far",
            "--deploy-mode=cluster",
            "--driver-memory=1g",
            "--conf",
            "spark.driver.memoryOverhead=1g",
            "train");

    assertThat(asm.words())
        .doesNotContain("--driver-memory")
        .noneMatch(word -> word.startsWith("spark.driver.memoryOverhead=4"));
    assertThat(asm.after("--driver-java-options"))
        .contains("maxbytes=819m")
        .contains("maxphysicalbytes=1945m")
        .endsWith("cachedir=/data/natives");
  }

  @Test
  void handsOnWhoTheUserIs() throws Exception {
    Ended asm =
        asm(
            Map.of(),
            "--master",
            "yarn",
            "--principal",
            "ann@REALM",
            "--keytab",
            "/home/ann/ann.keytab",
            "train",
            "demo");

    assertThat(asm.words())
        .startsWith(
            "--master", "yarn", "--principal", "ann@REALM", "--keytab", "/home/ann/ann.keytab")
        .endsWith("train", "demo");
  }

  @Test
  void aDriverHereHasMemoryForTheNetworksOfAllWorkers() throws Exception {
    Ended asm = asm(Map.of(), "--master", "yarn", "train");

    assertThat(asm.words())
        .containsSubsequence("--driver-memory", "3g")
        .noneMatch(word -> word.startsWith("spark.driver.memoryOverhead"));
    assertThat(asm.after("--driver-java-options"))
        .contains("-Dorg.bytedeco.javacpp.maxbytes=")
        .contains("log4j2.properties")
        .doesNotContain("cachedir");
  }

  @Test
  void executorsUnpackNativesWhereNobodyElseCanWrite() throws Exception {
    assertThat(asm(Map.of(), "--master", "yarn", "train").words())
        .anyMatch(
            word ->
                word.startsWith("spark.executor.extraJavaOptions=")
                    && word.endsWith("-Dorg.bytedeco.javacpp.cachedir=natives"));
  }

  @Test
  void aDriverOnYarnGetsTheWholeConfigurationAsAFile() throws Exception {
    Path kept = folder.resolve("kept.conf");
    script(
        spark.resolve("bin/spark-submit"),
        """
        for word in "$@"; do
          echo "word $word"
          case "$word" in file:*) cp "${word#*,file://}" "$KEPT" ;; esac
        done
        """);
    // Spark's own classes, for the command that reads the configuration.
    Files.delete(spark.resolve("jars"));
    Files.createSymbolicLink(spark.resolve("jars"), DISTRIBUTION.resolve("jars"));

    Ended asm =
        asm(
            Map.of("KEPT", kept.toString(), "ASM_DEMO_DATA", "hdfs:///drawn"),
            "--master",
            "yarn",
            "--deploy-mode",
            "cluster",
            "--files",
            "file:/mine",
            "train",
            "--out",
            "hdfs:///a=b",
            "demo",
            "training.updates=7");

    assertThat(asm.status).as(asm.errors).isZero();
    assertThat(asm.words())
        .endsWith("train", "--out", "hdfs:///a=b", "demo.conf", "training.updates=7");
    assertThat(asm.words().stream().filter(word -> word.startsWith("file:/mine,file:")))
        .singleElement()
        .satisfies(
            files ->
                assertThat(Path.of(files.substring("file:/mine,file://".length()))).doesNotExist());
    assertThat(kept).content().contains("hdfs:///drawn/gta5").contains("classifier-rate");
  }

  @Test
  void aMistakeInTheConfigurationIsToldBeforeAnythingIsSubmitted() throws Exception {
    Files.delete(spark.resolve("jars"));
    Files.createSymbolicLink(spark.resolve("jars"), DISTRIBUTION.resolve("jars"));

    Ended asm =
        asm(
            Map.of(),
            "--master",
            "yarn",
            "--deploy-mode",
            "cluster",
            "train",
            "demo",
            "training.updats=7",
            "--out",
            "x");

    assertThat(asm.status).isEqualTo(2);
    assertThat(asm.errors).contains("training.updats");
    assertThat(asm.words()).isEmpty();
  }

  @Test
  void aWordThatIsNoCommandIsAnsweredWithoutSpark() throws Exception {
    Ended asm = run(Map.of(), DISTRIBUTION.resolve("bin/asm").toString(), "trian", "demo");

    assertThat(asm.status).isEqualTo(2);
    assertThat(asm.errors).contains("Did you mean train?").doesNotContain("Spark");
    for (String group : List.of("bench", "datasets")) {
      assertThat(asm(Map.of("JAVA_HOME", javaThatTells()), group, "nonsense").words())
          .as(group)
          .endsWith("org.stylemining.command.Main", group, "nonsense");
    }
  }

  @Test
  void anOptionOfACommandInFrontOfItIsAMistake() throws Exception {
    Ended asm = asm(Map.of(), "--out", "run", "train", "demo");

    assertThat(asm.status).isEqualTo(2);
    assertThat(asm.errors).contains("--out is no option of spark-submit").contains("behind it");
    assertThat(asm.words()).isEmpty();
  }

  @Test
  void printsItsCompletion() throws Exception {
    Ended asm = run(Map.of(), DISTRIBUTION.resolve("bin/asm").toString(), "completion");

    assertThat(asm.status).isZero();
    assertThat(asm.output).contains("mnist-to-usps-small", "complete -F _asm -o default asm");
  }

  @Test
  void passesTheStatusOfTheJobOn() throws Exception {
    assertThat(asm(Map.of("TELL_STATUS", "7"), "train").status).isEqualTo(7);
  }

  @Test
  void worksThroughASymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("asm"), DISTRIBUTION.resolve("bin/asm"));

    Ended asm = run(Map.of("SPARK_HOME", spark.toString()), link.toString(), "train");

    assertThat(asm.environment())
        .containsEntry("ASM_CONF_DIR", DISTRIBUTION.resolve("conf").toString());
  }

  @Test
  void theNotebooksKernelIsForJupyterToStart() throws Exception {
    Ended asm = asm(Map.of(), "notebook-kernel");

    assertThat(asm.status).isEqualTo(2);
    assertThat(asm.errors).contains("notebooks/kernel.sh makes it known to Jupyter");
  }

  @Test
  void refusesAnOldJava() throws Exception {
    Path java = folder.resolve("old java");
    script(java.resolve("bin/java"), "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");

    Ended asm = asm(Map.of("JAVA_HOME", java.toString()), "train");

    assertThat(asm.status).isEqualTo(2);
    assertThat(asm.errors).contains("Java 17").contains("11.0.2").contains("JAVA_HOME");
  }

  @Test
  void refusesAFolderThatHoldsNoSpark() throws Exception {
    Ended asm = asm(Map.of("SPARK_HOME", folder.toString()), "train");

    assertThat(asm.status).isEqualTo(2);
    assertThat(asm.errors).contains("SPARK_HOME=" + folder).contains("bin/spark-submit");
  }

  @Test
  void startsItsOwnRuntimeWhereThereIsNoOther() throws Exception {
    Ended submit = run(Map.of(), DISTRIBUTION.resolve("bin/spark-submit").toString(), "--version");

    assertThat(submit.status).isZero();
    assertThat(submit.errors).contains("version 3.5.5").contains("Scala version 2.12.18");
  }

  @Test
  void aMistakeOfTheUsersIsOneLineAndStatusTwoThroughSparkToo() throws Exception {
    Ended asm =
        run(
            Map.of(),
            DISTRIBUTION.resolve("bin/asm").toString(),
            "--master",
            "local[1]",
            "train",
            "nowhere.conf",
            "--out",
            folder.resolve("run").toString());

    assertThat(asm.status).isEqualTo(2);
    assertThat(asm.errors.lines().filter(line -> !line.equals(NOTICE)))
        .singleElement()
        .asString()
        .contains("nowhere.conf");
  }

  @Test
  void tellsItsVersionWithoutSpark() throws Exception {
    Ended asm = run(Map.of(), DISTRIBUTION.resolve("bin/asm").toString(), "version");

    assertThat(asm.status).isZero();
    assertThat(asm.output).contains(System.getProperty("version"));
    assertThat(asm.errors).isEmpty();
  }

  @Test
  void startsABenchmarkWithItsThreads() throws Exception {
    Path java = folder.resolve("java");
    script(
        java.resolve("bin/java"),
        """
        [ "$1" != -version ] || { echo 'openjdk version "17.0.1" 2021-10-19' >&2; exit 0; }
        env | grep -E '^(OMP|OPENBLAS)_' | sed 's/^/env /'
        """);
    Map<String, String> environment = Map.of("JAVA_HOME", java.toString(), "OMP_NUM_THREADS", "5");

    assertThat(asm(environment, "bench", "ops", "--threads", "3").environment())
        .containsEntry("OMP_NUM_THREADS", "3")
        .containsEntry("OPENBLAS_NUM_THREADS", "3");
    assertThat(asm(environment, "bench", "ops", "--threads=4", "--check").environment())
        .containsEntry("OMP_NUM_THREADS", "4");
    assertThat(asm(environment, "bench", "ops").environment())
        .containsEntry("OMP_NUM_THREADS", "5");
  }

  @Test
  void jarsWithDataSetsAreThereWithoutSparkToo() throws Exception {
    Path jar = Files.writeString(folder.resolve("my sets.jar"), "");

    Ended asm =
        asm(
            Map.of("JAVA_HOME", javaThatTells()),
            "--jars",
            "/nowhere.jar,file:" + jar,
            "config",
            "demo");

    assertThat(asm.after("-cp")).endsWith(":" + jar).doesNotContain("nowhere");
    assertThat(asm.words()).endsWith("org.stylemining.command.Main", "config", "demo");
  }

  @Test
  void examinesTheMachineWithoutSpark() throws Exception {
    Ended asm =
        run(
            Map.of("OMP_NUM_THREADS", String.valueOf(CORES + 1)),
            DISTRIBUTION.resolve("bin/asm").toString(),
            "doctor");

    assertThat(asm.output)
        .containsPattern("ok +memory of arrays ")
        .containsPattern("ok +oneDNN's convolution ")
        .containsPattern("ok +network in float ");
    // OpenBLAS takes as many threads as OpenMP.
    assertThat(asm.output.lines().filter(line -> line.contains("FAILED")))
        .hasSize(2)
        .allMatch(line -> line.contains("NUM_THREADS"))
        .allMatch(line -> line.contains((CORES + 1) + " threads on " + CORES));
    assertThat(asm.errors.lines()).allMatch(NOTICE::equals);
    assertThat(asm.status).isEqualTo(1);
  }

  @Test
  void tellsSparkTheGpusThatTheDriverTellsOf() throws Exception {
    script(folder.resolve("tools/nvidia-smi"), "printf '0\\n1\\n'");

    Ended told =
        run(
            Map.of("PATH", folder.resolve("tools") + ":" + System.getenv("PATH")),
            DISTRIBUTION.resolve("bin/discover-gpus").toString());

    assertThat(told.output).isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\",\"1\"]}\n");
    assertThat(told.status).isZero();
  }

  @Test
  void shipsNativesOfOneKindOnly() throws Exception {
    try (Stream<Path> files = Files.list(DISTRIBUTION.resolve("lib"))) {
      Path jar = files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
      try (java.util.jar.JarFile entries = new java.util.jar.JarFile(jar.toFile())) {
        assertThat(
                entries.stream()
                    .map(java.util.jar.JarEntry::getName)
                    .filter(name -> name.endsWith("libnd4jcpu.so")))
            .containsExactly(
                "org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64-onednn/libnd4jcpu.so");
        assertThat(entries.stream().map(java.util.jar.JarEntry::getName))
            .noneMatch(
                name ->
                    name.startsWith("org/apache/spark/rdd/")
                        || name.startsWith("org/apache/hadoop/")
                        || name.startsWith("scala/"));
      }
    }
  }

  /** The home of a Java that only tells what it is started with. */
  private String javaThatTells() throws IOException {
    Path java = folder.resolve("java");
    script(
        java.resolve("bin/java"),
        """
        [ "$1" != -version ] || { echo 'openjdk version "17.0.1" 2021-10-19' >&2; exit 0; }
        for word in "$@"; do echo "word $word"; done
        """);
    return java.toString();
  }

  private Ended asm(Map<String, String> environment, String... words) throws Exception {
    Map<String, String> all = new TreeMap<>(environment);
    all.putIfAbsent("SPARK_HOME", spark.toString());
    String[] command =
        Stream.concat(Stream.of(DISTRIBUTION.resolve("bin/asm").toString()), Stream.of(words))
            .toArray(String[]::new);
    return run(all, command);
  }

  private Ended run(Map<String, String> environment, String... command) throws Exception {
    Path errors = folder.resolve("stderr");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(SPARK|ASM|OMP|OPENBLAS|HADOOP|YARN|JDK_JAVA)_.*"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended").isTrue();
    return new Ended(process.exitValue(), output, Files.readString(errors));
  }

  private static void script(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** What a command left behind. */
  private record Ended(int status, String output, String errors) {

    List<String> words() {
      return output
          .lines()
          .filter(line -> line.startsWith("word "))
          .map(line -> line.substring("word ".length()))
          .toList();
    }

    String after(String option) {
      return words().get(words().indexOf(option) + 1);
    }

    Map<String, String> environment() {
      Map<String, String> found = new TreeMap<>();
      output
          .lines()
          .filter(line -> line.startsWith("env "))
          .map(line -> line.substring("env ".length()).split("=", 2))
          .forEach(pair -> found.put(pair[0], pair[1]));
      return found;
    }
  }
}
