package org.stylemining.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTailTest {
  @TempDir Path folder;
  private RunFolder run;
  private MetricsTail tail;
  private final Told told = new Told();

  /** What a reader has at a moment. */
  private static final class Told implements MetricsTail.Follower {
    private final List<Integer> rounds = new ArrayList<>();
    private int begun;

    @Override
    public void anew() {
      rounds.clear();
      begun++;
    }

    @Override
    public void line(MetricsRecord entry) {
      rounds.add(entry.round());
    }
  }

  @BeforeEach
  void open() throws IOException {
    run = RunFolder.at(folder.toString(), new Configuration());
    tail = new MetricsTail(run);
  }

  @Test
  void aLogThatIsNotThereYetIsWaitedFor() throws IOException {
    tail = new MetricsTail(RunFolder.at(folder.resolve("later").toString(), new Configuration()));
    assertThat(tail.read(told)).isFalse();

    try (MetricsLog log =
        MetricsLog.start(RunFolder.at(folder.resolve("later").toString(), new Configuration()))) {
      log.write(new CheckpointRecord(1, "x"));
      assertThat(tail.read(told)).isTrue();
    }

    assertThat(told.rounds).containsExactly(1);
  }

  @Test
  void everyLineIsToldOnceAsTheRunWritesIt() throws IOException {
    try (MetricsLog log = MetricsLog.start(run)) {
      for (int round = 1; round <= 2000; round++) {
        log.write(new CheckpointRecord(round, "checkpoints/" + RunFolder.roundName(round)));
        if (round % 7 == 0) {
          tail.read(told);
        }
      }
    }
    tail.read(told);
    tail.read(told);

    assertThat(told.rounds).hasSize(2000).isSorted().doesNotHaveDuplicates();
    assertThat(told.begun).isZero();
  }

  @Test
  void aHalfWrittenLastLineWaits() throws IOException {
    append("{\"kind\":\"checkpoint\",\"round\":1,\"path\":\"a\"}\n{\"kind\":\"checkpoint\",\"rou");
    tail.read(told);
    assertThat(told.rounds).containsExactly(1);

    append("nd\":2,\"path\":\"ü");
    tail.read(told);
    assertThat(told.rounds).containsExactly(1);

    append("\"}\n");
    tail.read(told);
    assertThat(told.rounds).containsExactly(1, 2);
    assertThat(tail.unreadable()).isZero();
  }

  @Test
  void aResumedRunIsReadAnewEvenWhereItsLogHasGrownLongerMeanwhile() throws IOException {
    try (MetricsLog log = MetricsLog.start(run)) {
      rounds(log, 1, 6, 0.5);
    }
    tail.read(told);
    try (MetricsLog log = MetricsLog.resume(run, 4)) {
      rounds(log, 5, 9, 0.25);
    }
    tail.read(told);

    assertThat(told.begun).isEqualTo(1);
    assertThat(told.rounds).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void aRunThatWentBackIsReadAnew() throws IOException {
    try (MetricsLog log = MetricsLog.start(run)) {
      rounds(log, 1, 6, 0.5);
      tail.read(told);
    }
    try (MetricsLog log = MetricsLog.resume(run, 3)) {
      tail.read(told);
      assertThat(told.rounds).containsExactly(1, 2, 3);
      log.write(new RollbackRecord(3, 6, "the loss is NaN", 24, 1));
      rounds(log, 4, 4, 0.5);
    }
    tail.read(told);

    assertThat(told.rounds).containsExactly(1, 2, 3, 3, 4);
  }

  @Test
  void aRunBegunAnewInTheSameFolderIsReadAnew() throws IOException {
    try (MetricsLog log = MetricsLog.start(run)) {
      rounds(log, 1, 6, 0.5);
    }
    tail.read(told);
    Files.delete(folder.resolve("metrics.jsonl"));
    assertThat(tail.read(told)).isFalse();
    assertThat(told.rounds).as("what was read stays until there is something else").hasSize(6);
    try (MetricsLog log = MetricsLog.start(run)) {
      rounds(log, 1, 1, 0.5);
    }
    tail.read(told);

    assertThat(told.rounds).containsExactly(1);
  }

  @Test
  void linesThatCannotBeReadAreCountedAndLeftOut() throws IOException {
    append("{\"kind\":\"checkpoint\",\"round\":1,\"path\":\"a\"}\nwhat?\n\n");
    append("{\"kind\":\"of a newer version\",\"round\":1}\n");
    append("x".repeat(3_000_000));
    tail.read(told);
    append("x\n{\"kind\":\"checkpoint\",\"round\":2,\"path\":\"a\"}\n");
    tail.read(told);

    assertThat(told.rounds).containsExactly(1, 2);
    assertThat(tail.unreadable()).isEqualTo(3);
  }

  private static void rounds(MetricsLog log, int first, int last, double seconds)
      throws IOException {
    for (int round = first; round <= last; round++) {
      log.write(new RoundRecord(round, 10, round, 10, 1, 1.5, 4, 4, seconds + round, 1, 0, 0, 0));
    }
  }

  private void append(String text) throws IOException {
    Files.write(
        folder.resolve("metrics.jsonl"),
        text.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
