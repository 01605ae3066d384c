package org.stylemining.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a run's metrics, {@code metrics.jsonl}: one JSON object a line.
 *
 * <p>Where the file system can append (local, HDFS) a round's lines can be read as soon as the
 * round is written. Where it cannot (object stores) lines are held and the file is replaced whole
 * by {@link #commit}. Either way the file is complete at every moment: a replacement is written
 * beside it and renamed. Where the file system fails, on a full disk say, lines are held likewise
 * until it takes them again; {@link #commit} alone tells of it.
 *
 * <p>Not thread-safe: the driver writes.
 */
public final class MetricsLog implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsLog.class);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(FiniteNumber.module())
          // Lines of a kind that only a newer version knows are passed over.
          .disable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE)
          .build();

  private final FileSystem fileSystem;
  private final Path file;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  private Consumer<MetricsRecord> listener = entry -> {};

  /** Open behind the file's last line; null where lines are held until {@link #commit}. */
  private FSDataOutputStream appending;

  /** Bytes of the file up to the last line that was written whole. */
  private long whole;

  /** Whether something else may stand behind them, after a failure. */
  private boolean torn;

  private MetricsLog(FileSystem fileSystem, Path file) {
    this.fileSystem = fileSystem;
    this.file = file;
  }

  /** Opens an empty log; lines of an earlier run in the same folder are dropped. */
  public static MetricsLog start(RunFolder run) throws IOException {
    return resume(run, 0);
  }

  /**
   * Opens the log of a run that goes on after a round: lines of later rounds, which will be told
   * anew, and a torn last line are dropped.
   *
   * @param lastRound round of the checkpoint that the run resumes from; 0 keeps nothing
   */
  public static MetricsLog resume(RunFolder run, int lastRound) throws IOException {
    MetricsLog log = new MetricsLog(run.fileSystem(), run.metrics());
    log.replace(
        out -> {
          if (lastRound > 0) {
            lines(
                run,
                (text, entry) -> {
                  // A line of an unknown kind cannot be dated; it is kept, for who wrote it.
                  if (entry == null || entry.round() <= lastRound) {
                    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
                  }
                });
          }
        });
    log.openBehindLastLine();
    return log;
  }

  /** Has each line told to somebody else too, from now on, before it is written. */
  public void tell(Consumer<MetricsRecord> listener) {
    this.listener = listener;
  }

  /**
   * Writes one line. All but a {@link StepRecord} also make the lines so far visible, where the
   * file system can.
   */
  public void write(MetricsRecord entry) throws IOException {
    listener.accept(entry);
    pending.write((line(entry) + "\n").getBytes(StandardCharsets.UTF_8));
    if (appending != null && !(entry instanceof StepRecord)) {
      try {
        DiskErrors.inWriting(this::flush);
      } catch (IOException e) {
        abandon(e);
      }
    }
  }

  private void flush() throws IOException {
    pending.writeTo(appending);
    appending.hflush();
    whole += pending.size();
    pending.reset();
  }

  /** Holds all further lines until {@link #commit}. */
  private void abandon(IOException failure) {
    LOG.warn("{} cannot be written; its lines are held until it can: {}", file, failure.toString());
    try {
      DiskErrors.inWriting(appending::close);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    appending = null;
    torn = true;
  }

  /**
   * Makes every line so far durable. Called before a checkpoint becomes visible, so that no line up
   * to its round can be lost with the driver.
   *
   * @throws IOException where the file system fails; the lines are held on
   */
  public void commit() throws IOException {
    if (appending != null) {
      try {
        DiskErrors.inWriting(
            () -> {
              flush();
              appending.hsync();
            });
      } catch (IOException e) {
        abandon(e);
      }
    }
    if (appending == null && (torn || pending.size() > 0)) {
      boolean appended = torn;
      replace(
          out -> {
            try (var old = unchecked(fileSystem).open(file)) {
              copy(old, appended ? whole : Long.MAX_VALUE, out);
            }
            pending.writeTo(out);
          });
      pending.reset();
      if (torn) {
        torn = false;
        openBehindLastLine();
      }
    }
  }

  private static void copy(InputStream from, long most, OutputStream to) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (long left = most; left > 0; ) {
      int read = from.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        return;
      }
      to.write(buffer, 0, read);
      left -= read;
    }
  }

  @Override
  public void close() throws IOException {
    commit();
    if (appending != null) {
      appending.close();
      appending = null;
    }
  }

  /**
   * Reads a run's log line by line, oldest first. A torn last line, as a stopped driver leaves it,
   * and lines of unknown kinds are passed over; a run without a log has no lines.
   *
   * @throws IOException where a line in the middle is no JSON object, naming it
   */
  public static void read(RunFolder run, Consumer<MetricsRecord> reader) throws IOException {
    lines(
        run,
        (text, entry) -> {
          if (entry != null) {
            reader.accept(entry);
          }
        });
  }

  /** All lines of a run's log; see {@link #read(RunFolder, Consumer)}. */
  public static List<MetricsRecord> read(RunFolder run) throws IOException {
    List<MetricsRecord> entries = new ArrayList<>();
    read(run, entries::add);
    return entries;
  }

  /** The JSON object of one line. */
  static String line(MetricsRecord entry) throws JsonProcessingException {
    return JSON.writerFor(MetricsRecord.class).writeValueAsString(entry);
  }

  /** What one line says; null where it is of a kind that only a newer version knows. */
  static MetricsRecord entry(String line) throws JsonProcessingException {
    return JSON.readValue(line, MetricsRecord.class);
  }

  private static void lines(RunFolder run, LineReader reader) throws IOException {
    // A driver that stopped between the two halves of a replacement leaves only the new file, under
    // its first name.
    Path source = run.fileSystem().exists(run.metrics()) ? run.metrics() : beside(run.metrics());
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                unchecked(run.fileSystem()).open(source), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String text = in.readLine(), next; text != null; text = next) {
        next = in.readLine();
        number++;
        MetricsRecord entry;
        try {
          entry = entry(text);
        } catch (JsonProcessingException e) {
          if (next == null) {
            return;
          }
          throw new IOException(
              source
                  + " line "
                  + number
                  + ": expected a JSON object with \"kind\", found: "
                  + e.getOriginalMessage(),
              e);
        }
        reader.accept(text, entry);
      }
    } catch (FileNotFoundException e) {
      LOG.debug("no metrics at {}", source);
    }
  }

  private void replace(Writing content) throws IOException {
    Path fresh = beside(file);
    if (!fileSystem.exists(file) && fileSystem.exists(fresh)) {
      rename(fresh, file);
    }
    try {
      DiskErrors.inWriting(
          () -> {
            try (OutputStream out = unchecked(fileSystem).create(fresh, true)) {
              content.to(out);
            }
          });
    } catch (IOException e) {
      fileSystem.delete(fresh, false);
      throw e;
    }
    fileSystem.delete(file, false);
    rename(fresh, file);
  }

  private void rename(Path from, Path to) throws IOException {
    if (!fileSystem.rename(from, to)) {
      throw new IOException("could not rename " + from + " to " + to);
    }
  }

  private void openBehindLastLine() throws IOException {
    FileSystem raw = unchecked(fileSystem);
    if (!raw.hasPathCapability(file, CommonPathCapabilities.FS_APPEND)) {
      return;
    }
    try {
      whole = raw.getFileStatus(file).getLen();
      appending = raw.append(file);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn(
          "{} cannot be appended to; its lines become visible with each checkpoint only", file, e);
    }
  }

  /**
   * The file system without its checksum files: with them a local file can neither be appended to
   * nor flushed.
   */
  static FileSystem unchecked(FileSystem fileSystem) {
    return fileSystem instanceof ChecksumFileSystem checked
        ? checked.getRawFileSystem()
        : fileSystem;
  }

  static Path beside(Path file) {
    return new Path(file.getParent(), "." + file.getName() + ".tmp");
  }

  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private interface LineReader {
    void accept(String text, MetricsRecord entry) throws IOException;
  }
}
