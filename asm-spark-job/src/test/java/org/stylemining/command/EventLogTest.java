package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.training.SyncBenchmark;

/** Spark's event log of a run of many rounds. */
class EventLogTest {
  private static final int ROUNDS = 400;
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void isCutIntoFilesOfBoundedSize() throws Exception {
    SparkConf conf =
        SparkRun.conf("event log")
            .set("spark.master", "local[2]")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.eventLog.enabled", "true")
            .set("spark.eventLog.dir", folder.toUri().toString())
            // The least that Spark takes.
            .set("spark.eventLog.rolling.maxFileSize", "10m");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      new SyncBenchmark(new SyncBenchmark.Settings(10, 1, 2, ROUNDS))
          .run(
              spark,
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> logs =
          files.filter(file -> file.getFileName().toString().startsWith("events_")).toList();
      assertThat(logs).hasSizeGreaterThan(1).allSatisfy(log -> assertThat(log).isNotEmptyFile());
      for (Path log : logs) {
        assertThat(Files.size(log)).isLessThan(11 * MIB);
      }
    }
  }
}
