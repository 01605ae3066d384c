package org.stylemining.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.VersionInfo;
import scala.util.Properties;

/** Spark, Scala and Hadoop as the class path has them, and the file systems that come with them. */
final class Libraries {
  private static final String SPARK = "3.5.";
  private static final String SCALA = "2.12.";
  private static final List<String> SCHEMES = List.of("file", "hdfs", "s3a");

  private final Configuration hadoop;

  Libraries(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("libraries", "Spark", spark()));
    facts.add(new Fact("libraries", "Scala", scala()));
    facts.add(new Fact("libraries", "Hadoop", VersionInfo.getVersion()));
    for (String scheme : SCHEMES) {
      facts.add(new Fact("file systems", scheme, fileSystem(scheme)));
    }
    return facts;
  }

  List<Check> checks() {
    return List.of(
        Check.of(
            "Spark's version",
            spark().startsWith(SPARK) && scala().startsWith(SCALA),
            "%s for Scala %s".formatted(spark(), scala()),
            "set SPARK_HOME to a Spark 3.5 for Scala 2.12, or unset it to use the one that comes along"));
  }

  private static String spark() {
    return org.apache.spark.package$.MODULE$.SPARK_VERSION();
  }

  private static String scala() {
    return Properties.versionNumberString();
  }

  private String fileSystem(String scheme) {
    try {
      return FileSystem.getFileSystemClass(scheme, hadoop).getName();
    } catch (IOException | RuntimeException e) {
      return scheme.equals("s3a")
          ? "missing: add Hadoop's module of its version, --packages org.apache.hadoop:hadoop-aws:"
              + VersionInfo.getVersion()
          : "missing: " + Causes.root(e);
    }
  }
}
