package org.stylemining.monitoring;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkContext;

/**
 * What Spark's user interface, and the history server after it, call the jobs that the calling
 * thread submits, until this is closed by the same thread. Labels nest: closing one brings back the
 * label around it. Threads beside each other have their own, and threads started under a label
 * inherit it.
 */
public final class JobLabel implements AutoCloseable {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String DESCRIPTION = "spark.job.description";

  /** Local property: what descriptions of parts begin with. */
  private static final String TITLE = "asm.title";

  private final SparkContext spark;
  private final Map<String, String> around = new LinkedHashMap<>();

  private JobLabel(SparkContext spark) {
    this.spark = spark;
  }

  /**
   * A piece of work of its own: Spark's job group.
   *
   * @param group of all its jobs, such as {@code train hdfs:/runs/gta5}
   * @param title what the descriptions of its jobs begin with, such as {@code adversarial}
   */
  public static JobLabel work(SparkContext spark, String group, String title) {
    return new JobLabel(spark).set(GROUP, group).set(TITLE, title).set(DESCRIPTION, title);
  }

  /**
   * A phase of the work around it.
   *
   * @param name comes behind the title: {@code pretrain} becomes {@code pretrain decoder}
   */
  public static JobLabel phase(SparkContext spark, String name) {
    String title = title(spark);
    String all = title.isEmpty() ? name : title + " " + name;
    return new JobLabel(spark).set(TITLE, all).set(DESCRIPTION, all);
  }

  /**
   * A part of the work around it.
   *
   * @param what comes behind the title and a colon, such as {@code round 12/50, updates 221-240}
   */
  public static JobLabel part(SparkContext spark, String what) {
    String title = title(spark);
    return new JobLabel(spark).set(DESCRIPTION, title.isEmpty() ? what : title + ": " + what);
  }

  private static String title(SparkContext spark) {
    String title = spark.getLocalProperty(TITLE);
    return title == null ? "" : title;
  }

  private JobLabel set(String property, String value) {
    around.put(property, spark.getLocalProperty(property));
    spark.setLocalProperty(property, value);
    return this;
  }

  @Override
  public void close() {
    around.forEach(spark::setLocalProperty);
  }
}
