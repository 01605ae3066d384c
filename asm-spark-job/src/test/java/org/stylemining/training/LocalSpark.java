package org.stylemining.training;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark inside the test's JVM. */
final class LocalSpark {
  private LocalSpark() {}

  /** A context of so many task slots, with dl4j-spark's default (Java) serialisation. */
  static JavaSparkContext of(int slots) {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster("local[" + slots + "]")
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.executor.heartbeatInterval", "300ms")
            .set("spark.driver.host", "127.0.0.1"));
  }
}
