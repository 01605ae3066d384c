package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.UserMistake;
import org.stylemining.failure.RunFailure;
import org.stylemining.report.RunFolder;

class RunLeaseTest {
  private static final Duration STALE = Duration.ofMillis(1500);
  private static final Duration RENEWED = Duration.ofMillis(100);

  @TempDir Path folder;

  @Test
  void aSecondJobOnAFolderIsRefusedAtOnceAndTheFirstIsNamed() throws Exception {
    try (RunLease first = RunLease.take("--out", run(), "train demo --out runs/a")) {
      long before = System.nanoTime();

      assertThatThrownBy(() -> RunLease.take("--out", run(), "train other --out runs/a"))
          .isInstanceOf(UserMistake.class)
          .hasMessageMatching(
              "--out file:\\S+: is being written by another job: `train demo --out runs/a`, process "
                  + ProcessHandle.current().pid()
                  + " on \\S+, since 20\\S+Z; last sign of life \\d s ago\\. Choose another folder, or end that job first; where it has died without a word, its lease lapses in 1[012]\\d s");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
      assertThatCode(first::check).doesNotThrowAnyException();
    }
    RunLease.take("--out", run(), "train again").close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aLeaseIsRenewedWhileItsDriverLivesAndLapsesWhenItDoesNot() throws Exception {
    try (RunLease living = take(holder("elsewhere"), STALE, RENEWED)) {
      Thread.sleep(2 * STALE.toMillis());
      assertThatThrownBy(() -> take(holder("here"), STALE, RENEWED))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("process 1 on elsewhere");
    }
    // One that is never renewed is that of a driver that was killed.
    RunLease dead = take(holder("elsewhere"), STALE, Duration.ofDays(1));
    assertThatThrownBy(() -> take(holder("here"), STALE, RENEWED)).isInstanceOf(UserMistake.class);
    Thread.sleep(STALE.toMillis() + 200);
    try (RunLease taken = take(holder("here"), STALE, RENEWED)) {
      assertThatCode(taken::check).doesNotThrowAnyException();
      assertThatThrownBy(dead::check)
          .isInstanceOf(RunFailure.class)
          .hasMessageContaining("was taken over by another job")
          .hasMessageContaining("process 1 on here");
      dead.close();
      assertThat(folder.resolve("lease.json")).as("the new holder's").exists();
    }
  }

  @Test
  void theLeaseOfAProcessThatIsGoneFromThisHostLapsesAtOnce() throws Exception {
    Process killed = new ProcessBuilder("sleep", "100").start();
    LeaseHolder here = LeaseHolder.here("train demo");
    LeaseHolder dead =
        new LeaseHolder(
            "dead",
            "train demo",
            here.host(),
            killed.pid(),
            killed.info().startInstant().orElseThrow().toString(),
            here.processSpace(),
            "",
            0,
            here.since());
    assertThat(dead.hasEnded(here)).isFalse();
    RunLease left = take(dead, RunLease.STALE, Duration.ofDays(1));
    killed.destroyForcibly().waitFor();

    try (RunLease taken = RunLease.take("--out", run(), "train demo --resume")) {
      assertThatThrownBy(left::check).isInstanceOf(RunFailure.class);
      left.close();
      taken.check();
    }
  }

  @Test
  void aFurtherAttemptOfTheSameYarnApplicationTakesTheFolderOver() {
    LeaseHolder first = onYarn("application_1_0001", 1);

    assertThat(first.hasEnded(onYarn("application_1_0001", 2))).isTrue();
    assertThat(onYarn("application_1_0001", 2).hasEnded(first)).isFalse();
    assertThat(first.hasEnded(onYarn("application_1_0002", 1))).isFalse();
  }

  @Test
  void ofManyThatBeginAtTheSameTimeOneGetsTheFolder() throws Exception {
    var threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<RunLease>> takes = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String host = "host-" + i;
        takes.add(() -> take(holder(host), RunLease.STALE, RENEWED));
      }
      List<RunLease> taken = new ArrayList<>();
      for (Future<RunLease> take : threads.invokeAll(takes)) {
        try {
          taken.add(take.get());
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(UserMistake.class);
        }
      }
      assertThat(taken).hasSize(1);
      taken.get(0).close();
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aTornLeaseIsSomebodysUntilItLapses() throws Exception {
    Files.write(folder.resolve("lease.json"), new byte[0]);

    assertThatThrownBy(() -> RunLease.take("--out", run(), "train demo"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("one that has only just begun");
  }

  private RunLease take(LeaseHolder holder, Duration stale, Duration renewed) throws Exception {
    return RunLease.take("--out", run(), holder, stale, renewed);
  }

  private RunFolder run() throws Exception {
    return RunFolder.at(folder.toString(), new Configuration());
  }

  private static LeaseHolder holder(String host) {
    return new LeaseHolder(
        UUID.randomUUID().toString(), "train demo", host, 1, "", "", "", 0, "2026-01-31T12:00:00Z");
  }

  private static LeaseHolder onYarn(String application, int attempt) {
    return new LeaseHolder(
        UUID.randomUUID().toString(), "train demo", "node-1", 1, "", "", application, attempt, "");
  }
}
