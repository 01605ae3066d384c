package org.stylemining.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.UserMistake;
import org.stylemining.report.RunFolder;

class FailureReportTest {
  @TempDir Path folder;
  private JavaSparkContext spark;
  private FailureReport report;

  @BeforeEach
  void start() throws Exception {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1"));
    RunFolder run = RunFolder.at(folder.resolve("run").toString(), new Configuration());
    report = new FailureReport(spark.sc(), run.fileSystem(), run.logs());
  }

  @AfterEach
  void stop() {
    spark.close();
  }

  @Test
  void tellsTheFirstCauseWithItsRoundAndPlace() throws Exception {
    assertThatThrownBy(
            () ->
                report.around(
                    () -> {
                      try {
                        return fail(
                            () ->
                                new IllegalStateException(
                                    "outer", new ArithmeticException("inner")));
                      } catch (Exception e) {
                        throw new RunFailure("round 3 failed: worker 1 is gone", e);
                      }
                    }))
        .isInstanceOf(JobFailure.class)
        .hasMessageStartingWith("round 3 failed: worker 1 is gone")
        .hasMessageContaining("logs/failure.txt");

    assertThat(Files.readString(folder.resolve("run/logs/failure.txt")))
        .contains(
            "round 3 failed: worker 1 is gone",
            "partition 0, attempt 1",
            "IllegalStateException: outer")
        .contains("at org.stylemining.failure.FailureReportTest", "The driver:");
  }

  @Test
  void aMistakeThatATaskFindsIsTheUsers() {
    assertThatThrownBy(() -> report.around(() -> fail(() -> new UserMistake("set this"))))
        .isInstanceOf(UserMistake.class)
        .hasMessage("set this");
    assertThat(folder.resolve("run/logs")).doesNotExist();
  }

  @Test
  void aFailureOfTheDriverIsToldAsOne() {
    assertThatThrownBy(
            () ->
                report.around(
                    () -> {
                      throw new IllegalStateException("no room");
                    }))
        .isInstanceOf(JobFailure.class)
        .hasMessageStartingWith("failed in the driver: IllegalStateException: no room");
  }

  @Test
  void failuresOfEarlierWorkAreForgotten() throws Exception {
    assertThatThrownBy(() -> report.around(() -> fail(() -> new ArithmeticException("first"))))
        .hasMessageStartingWith(
            "failed at executor driver on localhost: ArithmeticException: first")
        .hasMessageContaining("its log: this process's output");
    assertThatThrownBy(() -> report.around(() -> fail(() -> new ArithmeticException("second"))))
        .hasMessageContaining("second")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("first of"));
    assertThat(report.around(() -> 7)).isEqualTo(7);
  }

  @Test
  void failuresOfWorkBesideItAreNotItsOwn() throws Exception {
    RunFolder beside = RunFolder.at(folder.resolve("beside").toString(), new Configuration());
    FailureReport other = new FailureReport(spark.sc(), beside.fileSystem(), beside.logs());
    assertThatThrownBy(
            () ->
                report.around(
                    () -> {
                      Thread thread =
                          new Thread(
                              () ->
                                  assertThatThrownBy(
                                          () ->
                                              other.around(
                                                  () ->
                                                      fail(() -> new ArithmeticException("other"))))
                                      .hasMessageContaining("other"));
                      thread.start();
                      try {
                        thread.join();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return fail(() -> new ArithmeticException("own"));
                    }))
        .hasMessageStartingWith("failed at executor driver on localhost: ArithmeticException: own")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("first of"));
    assertThat(Files.readString(folder.resolve("run/logs/failure.txt"))).doesNotContain("other");
  }

  private interface Failure extends java.io.Serializable {
    RuntimeException make();
  }

  private Object fail(Failure failure) {
    return spark
        .parallelize(List.of(1), 1)
        .map(
            one -> {
              if (one == 1) {
                throw failure.make();
              }
              return one;
            })
        .collect();
  }
}
