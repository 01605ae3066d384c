package org.stylemining.command;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * What a submission to a cluster leaves out that {@code bin/asm} would have set. Everything works
 * without, more slowly or until an executor is ended for its memory.
 */
final class ClusterAdvice {
  private static final String VECTORS = "jdk.incubator.vector";
  private static final String ARRAYS = "org.bytedeco.javacpp.maxbytes";

  private ClusterAdvice() {}

  /**
   * Warnings, each with the setting to add; none where all is set, or on one machine.
   *
   * @param driverHasVectors whether this JVM was started with Java's vector module
   */
  static List<String> of(SparkConf conf, boolean driverHasVectors) {
    List<String> warnings = new ArrayList<>();
    String master = conf.get("spark.master", "local");
    if (master.startsWith("local")) {
      return warnings;
    }
    process(conf, "executor", warnings);
    if (!conf.contains("spark.executorEnv.OMP_NUM_THREADS")) {
      // libnd4j splits the sum of a whole array by the threads its process started with.
      warnings.add(
          "spark.executorEnv.OMP_NUM_THREADS is not set: the last bits of a result depend on the cores of the executors' machines; set it to spark.task.cpus (%s)"
              .formatted(conf.get("spark.task.cpus", "1")));
    }
    if (conf.get("spark.submit.deployMode", "client").equals("cluster")) {
      process(conf, "driver", warnings);
    } else if (!driverHasVectors) {
      warnings.add(
          "the driver runs without Java's vector module, and some loops slower: add --driver-java-options --add-modules=%s"
              .formatted(VECTORS));
    }
    return warnings;
  }

  /** Whether this JVM has the module. */
  static boolean vectorsHere() {
    return ModuleLayer.boot().findModule(VECTORS).isPresent();
  }

  private static void process(SparkConf conf, String process, List<String> warnings) {
    String property = "spark." + process + ".extraJavaOptions";
    String options =
        conf.get(property, "") + " " + conf.get("spark." + process + ".defaultJavaOptions", "");
    if (!options.contains(VECTORS)) {
      warnings.add(
          "%s lacks --add-modules=%s: loops in Java are slower without the vector module"
              .formatted(property, VECTORS));
    }
    if (!options.contains(ARRAYS)) {
      warnings.add(
          "%s lacks -D%s: arrays may take as much memory as the heap (spark.%s.memory is %s), no more; set it to four fifths of spark.%s.memoryOverhead"
              .formatted(property, ARRAYS, process, heap(conf, process), process));
    }
    String overhead = "spark." + process + ".memoryOverhead";
    if (!conf.get("spark.master").startsWith("spark:") && !conf.contains(overhead)) {
      warnings.add(
          "%s is not set: by default a container has a tenth of the heap, at least 384m, for arrays outside it, and is ended where they need more; set 4g, or what docs/cluster.md reckons"
              .formatted(overhead));
    }
  }

  private static String heap(SparkConf conf, String process) {
    return conf.get("spark." + process + ".memory", "1g");
  }
}
