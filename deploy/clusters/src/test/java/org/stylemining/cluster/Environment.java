package org.stylemining.cluster;

import java.util.Map;

/** What processes started by tests find in their environment: nothing of the tester's own setup. */
public final class Environment {
  /** Runs are so short that what the second compiler costs does not come back. */
  public static final Map<String, String> SHORT_RUNS =
      Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");

  private Environment() {}

  /** Takes this process's settings of Spark, Hadoop and the program out, and puts others in. */
  static void prepare(ProcessBuilder process, Map<String, String> added) {
    process
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(SPARK|ASM|OMP|OPENBLAS|HADOOP|YARN|KUBERNETES)_.*"));
    process.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    // The JVM of the tests: the same Java everywhere.
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process.environment().putAll(SHORT_RUNS);
    process.environment().putAll(added);
  }
}
