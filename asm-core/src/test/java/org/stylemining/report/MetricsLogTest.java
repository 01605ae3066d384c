package org.stylemining.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FilterFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsLogTest {
  @TempDir Path folder;
  private RunFolder run;

  @BeforeEach
  void open() throws IOException {
    run = RunFolder.at(folder.toString(), new Configuration());
  }

  @Test
  void writesTheLinesOfTheContract() throws IOException {
    try (MetricsLog log = MetricsLog.start(run)) {
      log.write(new StepRecord(3, 0, 21, 1, 1.93, 1.92, 0.01, 7.9, 8.5, 2.3, 2.4e-4, 4, 0.81, 0.0));
      log.write(new RoundRecord(3, 60, 30, 600, 2, Double.NaN, 80, 9.1, 8.8, 8.0, 0.4, 1, 500));
      log.write(new CheckpointRecord(50, "checkpoints/round-000050"));
      log.write(new DamagedRecord(3, "images/ü.png", "expected \"PNG\""));
      log.write(new MemoryRecord(3, "1", "node-7", 5_000_000_000L, -1, 700_000_000));
      log.write(DriftRecord.of(3, 1, 0.5, 2));
      log.write(DriftRecord.of(4, 1, 0, 0));
    }

    assertThat(Files.readAllLines(folder.resolve("metrics.jsonl")))
        .containsExactly(
            "{\"kind\":\"step\",\"round\":3,\"worker\":0,\"update\":21,\"miningStep\":1,\"loss\":1.93,\"taskLoss\":1.92,"
                + "\"consistency\":0.01,\"styleDistance\":7.9,\"noiseLength\":8.5,\"stepLength\":2.3,\"learningRate\":2.4E-4,"
                + "\"images\":4,\"seconds\":0.81,\"waitSeconds\":0.0}",
            "{\"kind\":\"round\",\"round\":3,\"rounds\":60,\"update\":30,\"updates\":600,\"workers\":2,\"loss\":null,\"images\":80,"
                + "\"imagesPerSecond\":9.1,\"seconds\":8.8,\"trainSeconds\":8.0,\"syncSeconds\":0.4,\"damaged\":1,\"timeLeftSeconds\":500.0}",
            "{\"kind\":\"checkpoint\",\"round\":50,\"path\":\"checkpoints/round-000050\"}",
            "{\"kind\":\"damaged\",\"round\":3,\"path\":\"images/ü.png\",\"reason\":\"expected"
                + " \\\"PNG\\\"\"}",
            "{\"kind\":\"memory\",\"round\":3,\"executor\":\"1\",\"host\":\"node-7\",\"residentBytes\":5000000000,\"arrayBytes\":-1,\"heapBytes\":700000000}",
            "{\"kind\":\"drift\",\"round\":3,\"worker\":1,\"distance\":0.5,\"movement\":2.0,\"relative\":0.25}",
            "{\"kind\":\"drift\",\"round\":4,\"worker\":1,\"distance\":0.0,\"movement\":0.0,\"relative\":null}");
    assertThat(MetricsLog.read(run)).contains(DriftRecord.of(3, 1, 0.5, 2));
    assertThat(MetricsLog.read(run)).hasSize(7).first().isInstanceOf(StepRecord.class);
    assertThat(((RoundRecord) MetricsLog.read(run).get(1)).loss()).isNaN();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aResumedRunTellsEveryRoundOnce(boolean appends) throws IOException {
    run = appends ? run : new RunFolder(new NeverAppends(run), run.path());
    try (MetricsLog log = MetricsLog.start(run)) {
      rounds(log, 1, 7);
    }
    try (MetricsLog log = MetricsLog.resume(run, 4)) {
      assertThat(MetricsLog.read(run)).isEqualTo(told(1, 4));
      rounds(log, 5, 6);
    }
    try (MetricsLog log = MetricsLog.resume(run, 6)) {
      rounds(log, 7, 9);
    }

    assertThat(MetricsLog.read(run)).isEqualTo(told(1, 9));
    assertThat(folder).isDirectoryNotContaining("glob:**tmp*");
  }

  @Test
  void aRoundCanBeReadWhileTheRunGoesOn() throws IOException {
    try (MetricsLog log = MetricsLog.start(run)) {
      rounds(log, 1, 2);
      assertThat(MetricsLog.read(run)).isEqualTo(told(1, 2));
    }
  }

  @Test
  void whereNothingCanBeAppendedACommitMakesLinesDurable() throws IOException {
    run = new RunFolder(new NeverAppends(run), run.path());
    MetricsLog stopped = MetricsLog.start(run);
    rounds(stopped, 1, 2);
    stopped.commit();
    rounds(stopped, 3, 3);
    // The driver stops here, without closing.

    assertThat(MetricsLog.read(run)).isEqualTo(told(1, 2));
  }

  @Test
  void aTornLastLineIsPassedOverAndDroppedOnResume() throws IOException {
    try (MetricsLog log = MetricsLog.start(run)) {
      rounds(log, 1, 2);
    }
    append("{\"kind\":\"round\",\"rou");

    assertThat(MetricsLog.read(run)).isEqualTo(told(1, 2));
    try (MetricsLog log = MetricsLog.resume(run, 2)) {
      rounds(log, 3, 3);
    }
    assertThat(MetricsLog.read(run)).isEqualTo(told(1, 3));
  }

  @Test
  void aDamagedLineInTheMiddleIsNamed() throws IOException {
    try (MetricsLog log = MetricsLog.start(run)) {
      rounds(log, 1, 1);
    }
    append("what?\n{\"kind\":\"checkpoint\",\"round\":1,\"path\":\"x\"}\n");

    assertThatThrownBy(() -> MetricsLog.read(run))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("metrics.jsonl line 3");
  }

  @Test
  void linesOfKindsAndKeysThatAreNotKnownArePassedOver() throws IOException {
    append(
        """
        {"kind":"weather","sun":true}
        {"kind":"checkpoint","round":1,"path":"x","more":1}
        """);

    assertThat(MetricsLog.read(run)).containsExactly(new CheckpointRecord(1, "x"));
  }

  @Test
  void aReplacementThatWasCutShortIsFinished() throws IOException {
    try (MetricsLog log = MetricsLog.start(run)) {
      rounds(log, 1, 3);
    }
    Files.move(folder.resolve("metrics.jsonl"), folder.resolve(".metrics.jsonl.tmp"));

    assertThat(MetricsLog.read(run)).isEqualTo(told(1, 3));
    try (MetricsLog log = MetricsLog.resume(run, 2)) {
      rounds(log, 3, 3);
    }
    assertThat(MetricsLog.read(run)).isEqualTo(told(1, 3));
  }

  @Test
  void aRunWithoutALogHasNoLines() throws IOException {
    assertThat(MetricsLog.read(run)).isEmpty();
  }

  private void append(String text) throws IOException {
    Files.writeString(
        folder.resolve("metrics.jsonl"),
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static void rounds(MetricsLog log, int first, int last) throws IOException {
    for (MetricsRecord entry : told(first, last)) {
      log.write(entry);
    }
  }

  private static List<MetricsRecord> told(int first, int last) {
    List<MetricsRecord> entries = new ArrayList<>();
    for (int round = first; round <= last; round++) {
      entries.add(new StepRecord(round, 0, round, 1, 1.5, 1.4, 0.1, 8, 8.5, 2, 1e-4, 4, 1, 0));
      entries.add(new RoundRecord(round, 9, round, 9, 1, 1.5, 4, 4, 1, 1, 0, 0, 9 - round));
    }
    return entries;
  }

  /** A file system without append, as object stores are. */
  private static final class NeverAppends extends FilterFileSystem {
    NeverAppends(RunFolder run) {
      super(run.fileSystem());
    }

    @Override
    public boolean hasPathCapability(org.apache.hadoop.fs.Path path, String capability) {
      return false;
    }
  }
}
