package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.CheckpointConfig;
import org.stylemining.config.OnFailure;
import org.stylemining.failure.RunFailure;
import org.stylemining.report.CheckpointFailureRecord;
import org.stylemining.report.CheckpointRecord;
import org.stylemining.report.RoundRecord;
import org.stylemining.report.StepRecord;

/** What a run does where its disk is full. */
class FullDiskTest {
  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = LocalSpark.of(2);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @AfterEach
  void empty() {
    FullDisk.room = Long.MAX_VALUE;
  }

  @Test
  void aRunGoesOnWithoutACheckpointThatFindsNoRoomAndLosesNoLineOfItsLog() throws Exception {
    float[] undisturbed = ToyRun.in(spark, folder.resolve("undisturbed")).train();
    ToyRun run =
        onFullDisk("run")
            .observer(
                (round, theta) -> FullDisk.room = round == 3 || round == 4 ? 100 : Long.MAX_VALUE);

    assertThat(run.train()).isEqualTo(undisturbed);

    assertThat(run.watched())
        .contains(
            "the checkpoint after round 4 of 7 could not be written into fulldisk:",
            ": No space left on device; the newest whole one is round-000002; the run goes on (checkpoint.on-failure = continue), the next is due after round 6");
    assertThat(run.records(CheckpointFailureRecord.class))
        .containsExactly(new CheckpointFailureRecord(4, "No space left on device"));
    assertThat(run.records(CheckpointRecord.class))
        .extracting(CheckpointRecord::round)
        .containsExactly(2, 6, 7);
    assertThat(run.records(RoundRecord.class))
        .extracting(RoundRecord::round)
        .containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(run.records(StepRecord.class)).hasSize(7 * 8);
  }

  @Test
  void aRunThatIsToStopAtAFullDiskStopsAndCanBeResumed() throws Exception {
    float[] undisturbed = ToyRun.in(spark, folder.resolve("undisturbed")).train();
    ToyRun run =
        onFullDisk("run")
            .checkpoint(new CheckpointConfig(2, 2, OnFailure.STOP))
            .observer((round, theta) -> FullDisk.room = round == 4 ? 100 : Long.MAX_VALUE);

    assertThatThrownBy(run::train)
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith("the checkpoint after round 4 of 7 could not be written into ")
        .hasMessageEndingWith(
            ": No space left on device (checkpoint.on-failure = stop); the newest whole one is round-000002; add --resume to go on from there");
    assertThat(folder.resolve("run/checkpoints").toFile().list()).containsExactly("round-000002");

    FullDisk.room = Long.MAX_VALUE;
    assertThat(onFullDisk("run").train()).isEqualTo(undisturbed);
  }

  @Test
  void theLastCheckpointIsNeverDoneWithout() throws Exception {
    ToyRun run =
        onFullDisk("run")
            .observer((round, theta) -> FullDisk.room = round == 7 ? 100 : Long.MAX_VALUE);

    assertThatThrownBy(run::train)
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining(
            "; it would have been the result; the newest whole one is round-000006; add --resume to go on from there");
  }

  @Test
  void aRealDiskThatIsFullLeavesTheCheckpointBeforeWhole() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeThat(mount(disk)).as("root may mount a small tmpfs").isTrue();
    try {
      Path ballast = disk.resolve("ballast");
      ToyRun run =
          ToyRun.in(spark, disk.resolve("run"))
              .observer(
                  (round, theta) -> {
                    if (round == 4) {
                      fill(ballast);
                    } else {
                      Files.deleteIfExists(ballast);
                    }
                  });

      run.train();

      assertThat(run.watched())
          .contains(
              "the checkpoint after round 4 of 7 could not be written into",
              "No space left on device");
      assertThat(run.newest().orElseThrow().state().round()).isEqualTo(7);
      assertThat(run.records(RoundRecord.class)).hasSize(7);
    } finally {
      assertThat(exitOf("umount", disk.toString())).isZero();
    }
  }

  private ToyRun onFullDisk(String name) throws Exception {
    Configuration hadoop = FullDisk.configuration();
    return ToyRun.in(spark, "fulldisk://" + folder.resolve(name), hadoop);
  }

  private static boolean mount(Path disk) throws Exception {
    return exitOf("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()) == 0;
  }

  /** Writes until there is no room. */
  private static void fill(Path file) {
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[1024]);
      }
    } catch (java.io.IOException full) {
      assertThat(full).hasMessageContaining("No space left on device");
    }
  }

  private static int exitOf(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (java.io.IOException absent) {
      return -1;
    }
  }
}
