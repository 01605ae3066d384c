package org.stylemining.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.report.LifeSign;
import org.stylemining.report.RunFolder;
import org.stylemining.training.RunLease;

class LeaseSignsTest {
  @TempDir Path folder;
  private final AtomicLong clock = new AtomicLong();
  private final LeaseSigns signs = new LeaseSigns(clock::get);
  private RunFolder run;

  @BeforeEach
  void open() throws Exception {
    run = RunFolder.at(folder.toString(), new Configuration());
  }

  @Test
  void aJobThatHoldsTheFolderLivesAndIsNamed() throws Exception {
    assertThat(signs.of(run)).isEmpty();
    try (RunLease lease = RunLease.take("--out", run, "train demo --out runs/a")) {
      LifeSign sign = signs.of(run).orElseThrow();
      assertThat(sign.alive()).isTrue();
      assertThat(sign.holder())
          .startsWith("`train demo --out runs/a`, process " + ProcessHandle.current().pid());
      assertThat(folder).as("nothing is written beside it").isDirectoryContaining("glob:**.json");
      assertThat(Files.list(folder)).hasSize(1);
      lease.check();
    }
    assertThat(signs.of(run)).isEmpty();
  }

  @Test
  void aLeaseThatIsFoundOldIsADeadJobs() throws Exception {
    lease(Instant.now().minus(Duration.ofHours(3)));

    LifeSign sign = signs.of(run).orElseThrow();
    assertThat(sign.alive()).isFalse();
    assertThat(sign.last()).isBefore(Instant.now().minus(Duration.ofHours(2)));
  }

  @Test
  void aLeaseThatIsSeenToBeRenewedLivesWhateverTheClocksSay() throws Exception {
    for (Duration behind : new Duration[] {Duration.ofHours(3), Duration.ofHours(-3)}) {
      lease(Instant.now().minus(behind));
      signs.of(run);
      clock.addAndGet(Duration.ofSeconds(15).toNanos());
      lease(Instant.now().minus(behind).plusSeconds(15));
      assertThat(signs.of(run).orElseThrow().alive()).isTrue();

      clock.addAndGet(Duration.ofSeconds(100).toNanos());
      assertThat(signs.of(run).orElseThrow().alive()).isTrue();
      clock.addAndGet(Duration.ofSeconds(21).toNanos());
      assertThat(signs.of(run).orElseThrow().alive()).isFalse();
    }
  }

  @Test
  void aProcessThatIsGoneFromThisHostIsDeadAtOnce() throws Exception {
    Process job = new ProcessBuilder("sleep", "100").start();
    try (RunLease ours = RunLease.take("--out", run, "train demo")) {
      String json = Files.readString(folder.resolve("lease.json"));
      Files.writeString(
          folder.resolve("lease.json"),
          json.replace(
                  "\"process\" : " + ProcessHandle.current().pid(), "\"process\" : " + job.pid())
              .replaceFirst(
                  "\"started\" : \"[^\"]*\"",
                  "\"started\" : \"" + job.info().startInstant().orElseThrow() + "\""));
      assertThat(signs.of(run).orElseThrow().alive()).isTrue();
      job.destroyForcibly().waitFor();

      assertThat(signs.of(run).orElseThrow().alive()).isFalse();
      assertThat(signs.of(run).orElseThrow().holder()).contains("process " + job.pid());
    } finally {
      job.destroyForcibly();
    }
  }

  @Test
  void aLeaseThatIsBeingWrittenIsAJobs() throws Exception {
    Files.writeString(folder.resolve("lease.json"), "");

    assertThat(signs.of(run))
        .get()
        .extracting(LifeSign::alive, LifeSign::holder)
        .containsExactly(true, "a job");
  }

  private void lease(Instant renewed) throws Exception {
    Path file = folder.resolve("lease.json");
    Files.writeString(file, "{}");
    Files.setLastModifiedTime(file, FileTime.from(renewed));
  }
}
