package org.stylemining.cluster.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.util.Utils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stylemining.cluster.Distribution;
import org.stylemining.cluster.Ended;
import scala.collection.JavaConverters;

/** The settings for YARN that come along, read as Spark reads them. */
class YarnDefaultsIT {

  @BeforeAll
  static void sparksOwnSettings() throws ClassNotFoundException {
    // Scala objects, which register every setting as they are loaded.
    Class.forName("org.apache.spark.internal.config.package$");
    Class.forName("org.apache.spark.deploy.yarn.config.package$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void areSettingsThatSparkKnows(String nodes) {
    assertThat(settings(nodes).keySet())
        .isNotEmpty()
        .filteredOn(key -> !key.equals("spark.master"))
        .filteredOn(key -> !key.matches("spark\\.(executorEnv|yarn\\.appMasterEnv)\\.[A-Z_]+"))
        .filteredOn(
            key -> !key.matches("spark\\.(executor|task|driver)\\.resource\\.gpu\\.[a-zA-Z]+"))
        .allSatisfy(key -> assertThat(ConfigEntry.findEntry(key)).as(key).isNotNull());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void giveArraysTheirShareOfAContainer(String nodes) {
    SparkConf conf = conf(nodes);

    for (String process : List.of("executor", "driver")) {
      long heap = conf.getSizeAsMb("spark." + process + ".memory");
      long overhead = conf.getSizeAsMb("spark." + process + ".memoryOverhead");
      assertThat(List.of(conf.get("spark." + process + ".extraJavaOptions").split(" ")))
          .contains(
              "--add-modules=jdk.incubator.vector",
              "-Dorg.bytedeco.javacpp.maxbytes=" + overhead * 8 / 10 + "m",
              "-Dorg.bytedeco.javacpp.maxphysicalbytes=" + (heap + overhead) * 95 / 100 + "m");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void giveATaskAsManyThreadsAsCores(String nodes) {
    SparkConf conf = conf(nodes);

    assertThat(conf.getInt("spark.executor.cores", 0) % conf.getInt("spark.task.cpus", 1)).isZero();
    assertThat(conf.get("spark.executorEnv.OMP_NUM_THREADS"))
        .isEqualTo(conf.get("spark.task.cpus"))
        .isEqualTo(conf.get("spark.executorEnv.OPENBLAS_NUM_THREADS"));
    assertThat(conf.getBoolean("spark.dynamicAllocation.enabled", true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void startAJvm(String nodes) throws Exception {
    Ended ended =
        Distribution.submit(
                "--properties-file",
                file(nodes).toString(),
                "--master",
                "local[1]",
                "--deploy-mode",
                "client",
                "--class",
                "org.stylemining.command.Main",
                Distribution.application().toString(),
                "version")
            .run();

    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(ended.output()).startsWith("asm ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"executor", "driver"})
  void askForAGpuOnGpuNodesAlone(String process) {
    String amount = "spark." + process + ".resource.gpu.amount";

    assertThat(conf("gpu").get(amount)).isEqualTo("1");
    assertThat(conf("gpu").get("spark." + process + ".resource.gpu.discoveryScript"))
        .isEqualTo("./discover-gpus");
    assertThat(conf("cpu").contains(amount)).isFalse();
  }

  static Path file(String nodes) {
    return Distribution.folder().resolve("deploy/yarn/spark-defaults-" + nodes + ".conf");
  }

  private static Map<String, String> settings(String nodes) {
    return new TreeMap<>(
        JavaConverters.mapAsJavaMap(Utils.getPropertiesFromFile(file(nodes).toString())));
  }

  private static SparkConf conf(String nodes) {
    SparkConf conf = new SparkConf(false);
    settings(nodes).forEach(conf::set);
    return conf;
  }
}
