package org.stylemining.training;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.config.UserMistake;
import org.stylemining.failure.RunFailure;
import org.stylemining.report.DiskErrors;
import org.stylemining.report.RunFolder;

/**
 * The right to write into a run's folder, held by one driver at a time: the file {@code lease.json}
 * in it, which the driver makes, renews while it lives, and removes at its end. A lease that was
 * not renewed for {@link #STALE} is a dead driver's and may be taken over; so may, at once, that of
 * an earlier attempt of the same YARN application, and of a process that is gone from this host.
 *
 * <p>Ages are differences of two times that the file system itself gave, so that the clocks of
 * hosts do not matter. The file is made in one step where the file system can (local, HDFS); where
 * it cannot (object stores: {@code s3a} looks, and writes when the file is closed) the last writer
 * of two holds the lease, and both look again after {@link #SETTLE}. A driver that lost its lease
 * all the same, having slept for longer than it lasts, finds out before it writes a checkpoint.
 */
public final class RunLease implements WriteFence, AutoCloseable {
  /** How long a lease lasts after it was renewed. */
  public static final Duration STALE = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(RunLease.class);
  private static final Duration RENEWED = Duration.ofSeconds(15);
  private static final Duration SETTLE = Duration.ofSeconds(2);

  /** File systems on which only one of two processes can create a file. */
  private static final Set<String> CREATE_IS_ATOMIC = Set.of("file", "hdfs");

  /** Before Hadoop closes its file systems. */
  private static final int BEFORE_FILE_SYSTEMS = FileSystem.SHUTDOWN_HOOK_PRIORITY + 10;

  private final FileSystem files;
  private final Path file;
  private final LeaseHolder holder;
  private final ScheduledExecutorService renewing;
  private final Runnable atExit = this::close;
  private final Duration stale;
  private long renewedAt = System.nanoTime();
  private boolean held = true;

  private RunLease(
      FileSystem files, Path file, LeaseHolder holder, Duration stale, Duration renewed) {
    this.stale = stale;
    this.files = files;
    this.file = file;
    this.holder = holder;
    this.renewing =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lease of " + file.getParent().getName());
              thread.setDaemon(true);
              return thread;
            });
    long each = renewed.toMillis();
    ScheduledFuture<?> unused =
        renewing.scheduleWithFixedDelay(this::renew, each, each, TimeUnit.MILLISECONDS);
    ShutdownHookManager.get().addShutdownHook(atExit, BEFORE_FILE_SYSTEMS);
  }

  /**
   * Takes the lease of a run's folder.
   *
   * @param option that named the folder, for messages
   * @param command that the folder is for, for others' messages
   * @throws UserMistake where another process holds it, naming that one
   * @throws IOException where the file system fails
   */
  public static RunLease take(String option, RunFolder run, String command) throws IOException {
    return take(option, run, LeaseHolder.here(command), STALE, RENEWED);
  }

  static RunLease take(
      String option, RunFolder run, LeaseHolder holder, Duration stale, Duration renewed)
      throws IOException {
    FileSystem files = run.fileSystem();
    Path file = file(run);
    boolean settle = !CREATE_IS_ATOMIC.contains(files.getUri().getScheme());
    if (!create(files, file, holder)) {
      Optional<LeaseHolder> other = readPatiently(files, file);
      Duration age = age(files, file);
      boolean ended = other.isPresent() && other.get().hasEnded(holder);
      if (!ended && age.compareTo(stale) < 0) {
        throw new UserMistake(
            "%s %s: is being written by another job: %s; last sign of life %d s ago. Choose another folder, or end that job first; where it has died without a word, its lease lapses in %d s"
                .formatted(
                    option,
                    run.path(),
                    other.map(LeaseHolder::describe).orElse("one that has only just begun"),
                    age.toSeconds(),
                    stale.minus(age).toSeconds() + 1));
      }
      LOG.warn(
          "{} holds the lease of a job that has ended without a word: {}; last sign of life {} s ago",
          run.path(),
          other.map(LeaseHolder::describe).orElse("unknown"),
          age.toSeconds());
      files.delete(file, false);
      create(files, file, holder);
      // Another one may have found the same lease, and deleted ours after its own.
      settle = true;
    }
    if (settle) {
      pause(SETTLE.compareTo(stale) < 0 ? SETTLE : stale);
      Optional<LeaseHolder> now = read(files, file);
      if (now.isEmpty() || !now.get().id().equals(holder.id())) {
        throw new UserMistake(
            "%s %s: another job began at the same time and writes into it: %s"
                .formatted(option, run.path(), now.map(LeaseHolder::describe).orElse("unknown")));
      }
    }
    return new RunLease(files, file, holder, stale, renewed);
  }

  /**
   * What anybody can see of a lease.
   *
   * @param holder the process that holds it, in words
   * @param renewed when it was renewed last, by the file system's clock
   * @param ended whether the process is known to be gone
   */
  public record Seen(String holder, Instant renewed, boolean ended) {}

  /**
   * The lease of a run's folder as it is now, which is left as it is; empty where nobody has it.
   */
  public static Optional<Seen> look(RunFolder run) throws IOException {
    Path file = file(run);
    try {
      Instant renewed =
          Instant.ofEpochMilli(run.fileSystem().getFileStatus(file).getModificationTime());
      Optional<LeaseHolder> holder = read(run.fileSystem(), file);
      return Optional.of(
          new Seen(
              holder.map(LeaseHolder::describe).orElse("a job"),
              renewed,
              holder.isPresent() && holder.get().hasEnded(LeaseHolder.here(""))));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static Path file(RunFolder run) {
    return new Path(run.path(), "lease.json");
  }

  @Override
  public synchronized void check() throws IOException {
    Optional<LeaseHolder> now = read(files, file);
    boolean others = now.isPresent() && !now.get().id().equals(holder.id());
    boolean lapsed = System.nanoTime() - renewedAt > stale.toNanos() && !files.exists(file);
    if (others || lapsed) {
      held = false;
      throw new RunFailure(
          "%s was taken over by another job while this one gave no sign of life: %s; nothing more is written into it"
              .formatted(
                  file.getParent(),
                  now.map(LeaseHolder::describe).orElse("one that has ended since")),
          null);
    }
  }

  /** Gives the lease back. */
  @Override
  public synchronized void close() {
    renewing.shutdownNow();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(atExit);
    }
    try {
      if (held && read(files, file).filter(now -> now.id().equals(holder.id())).isPresent()) {
        files.delete(file, false);
      }
    } catch (IOException e) {
      LOG.warn("{} could not be removed; it lapses by itself: {}", file, e.toString());
    }
    held = false;
  }

  private synchronized void renew() {
    if (!held) {
      return;
    }
    try {
      check();
      write(files, file, holder, true);
      renewedAt = System.nanoTime();
    } catch (RunFailure e) {
      LOG.error(e.getMessage());
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} could not be renewed; tried again: {}", file, e.toString());
    }
  }

  /** Whether the file was not there and is now. */
  private static boolean create(FileSystem files, Path file, LeaseHolder holder)
      throws IOException {
    try {
      if (files instanceof RawLocalFileSystem local) {
        // Its create() looks first and makes the file then.
        Files.write(
            local.pathToFile(file).toPath(), holder.toJson(), StandardOpenOption.CREATE_NEW);
      } else {
        write(files, file, holder, false);
      }
      return true;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      // HDFS wraps it in its own, and some file systems say it in words.
      if (files.exists(file)) {
        return false;
      }
      throw e;
    }
  }

  private static void write(FileSystem files, Path file, LeaseHolder holder, boolean overwrite)
      throws IOException {
    DiskErrors.inWriting(
        () -> {
          try (FSDataOutputStream out = files.create(file, overwrite)) {
            out.write(holder.toJson());
          }
        });
  }

  /** Empty where there is none, or it is just being written. */
  private static Optional<LeaseHolder> read(FileSystem files, Path file) throws IOException {
    byte[] json;
    try (FSDataInputStream in = files.open(file)) {
      json = in.readAllBytes();
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(LeaseHolder.fromJson(json));
    } catch (IOException e) {
      LOG.debug("{} is being written: {}", file, e.toString());
      return Optional.empty();
    }
  }

  /** As {@link #read}, and again for a second: the holder may be renewing it at this moment. */
  private static Optional<LeaseHolder> readPatiently(FileSystem files, Path file)
      throws IOException {
    Optional<LeaseHolder> holder = read(files, file);
    for (int tries = 0; holder.isEmpty() && tries < 10; tries++) {
      pause(Duration.ofMillis(100));
      holder = read(files, file);
    }
    return holder;
  }

  /** Time since the lease was renewed, by the file system's clock. */
  private static Duration age(FileSystem files, Path file) throws IOException {
    Path now = new Path(file.getParent(), ".now-" + UUID.randomUUID());
    files.create(now, false).close();
    try {
      long millis =
          files.getFileStatus(now).getModificationTime()
              - files.getFileStatus(file).getModificationTime();
      return Duration.ofMillis(Math.max(0, millis));
    } catch (FileNotFoundException e) {
      return Duration.ZERO;
    } finally {
      files.delete(now, false);
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a lease", e);
    }
  }
}
