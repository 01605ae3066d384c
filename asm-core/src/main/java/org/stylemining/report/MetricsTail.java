package org.stylemining.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Follows a run's log while the run writes it: every reading begins behind the last whole line of
 * the one before. A last line that is not whole yet waits for the next reading.
 *
 * <p>A run that is resumed or goes back replaces its log by one that is shorter at first. That is
 * seen by the bytes before the place to go on at: where they are no longer those that were read,
 * everything is read anew. How long the file is, the file system is not asked: HDFS tells the
 * length of a file that is being written too small, and lets a reader see all that was flushed.
 *
 * <p>Not thread-safe.
 */
final class MetricsTail {
  /** Bytes by which the file is known again: more than a line's measured times. */
  private static final int MOST_MARK = 512;

  private static final int CHUNK = 1 << 16;

  /** No line of a log is as long. */
  private static final int LONGEST_LINE = 1 << 20;

  private final RunFolder run;
  private long offset;
  private byte[] mark = {};
  private boolean passingOver;
  private long unreadable;

  MetricsTail(RunFolder run) {
    this.run = run;
  }

  /** Takes what is read. */
  interface Follower {
    /** The log was replaced: all lines so far are void, and what is there now follows. */
    void anew();

    void line(MetricsRecord entry);
  }

  /**
   * Reads on to the end of the last whole line.
   *
   * @return whether there is a log
   */
  boolean read(Follower follower) throws IOException {
    // Between the two halves of a replacement the new one is whole, under its first name.
    return read(run.metrics(), follower) || read(MetricsLog.beside(run.metrics()), follower);
  }

  private boolean read(Path file, Follower follower) throws IOException {
    try (FSDataInputStream in = MetricsLog.unchecked(run.fileSystem()).open(file)) {
      if (offset > 0 && !goesOn(in)) {
        offset = 0;
        mark = new byte[0];
        passingOver = false;
        unreadable = 0;
        follower.anew();
        in.seek(0);
      }
      readLines(in, follower);
      return true;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** Lines that were no JSON object. */
  long unreadable() {
    return unreadable;
  }

  /**
   * Whether the file still has, where the last reading ended, what was there; stands there then.
   */
  private boolean goesOn(FSDataInputStream in) throws IOException {
    byte[] now = new byte[mark.length];
    try {
      in.seek(offset - mark.length);
      in.readFully(now);
    } catch (EOFException e) {
      return false;
    }
    return Arrays.equals(now, mark);
  }

  private void readLines(FSDataInputStream in, Follower follower) throws IOException {
    byte[] buffer = new byte[CHUNK];
    int held = 0;
    for (int read; (read = in.read(buffer, held, buffer.length - held)) >= 0; ) {
      int end = held + read;
      int start = 0;
      for (int i = held; i < end; i++) {
        if (buffer[i] == '\n') {
          line(buffer, start, i, follower);
          start = i + 1;
        }
      }
      if (start == 0 && end >= LONGEST_LINE) {
        passingOver = true;
        start = end;
      }
      done(buffer, start);
      held = end - start;
      System.arraycopy(buffer, start, buffer, 0, held);
      if (held == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * held);
      }
    }
  }

  private void line(byte[] buffer, int start, int end, Follower follower) {
    if (passingOver) {
      passingOver = false;
      unreadable++;
      return;
    }
    MetricsRecord entry;
    try {
      entry = MetricsLog.entry(new String(buffer, start, end - start, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      unreadable++;
      return;
    }
    if (entry != null) {
      follower.line(entry);
    }
  }

  /** So many bytes of the buffer, from its start, need not be read again. */
  private void done(byte[] buffer, int count) {
    int fresh = Math.min(count, MOST_MARK);
    int old = Math.min(mark.length, MOST_MARK - fresh);
    byte[] now = new byte[old + fresh];
    System.arraycopy(mark, mark.length - old, now, 0, old);
    System.arraycopy(buffer, count - fresh, now, old, fresh);
    mark = now;
    offset += count;
  }
}
