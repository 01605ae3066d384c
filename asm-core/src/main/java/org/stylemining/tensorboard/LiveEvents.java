package org.stylemining.tensorboard;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.report.CheckpointRecord;
import org.stylemining.report.DiskErrors;
import org.stylemining.report.MetricsRecord;
import org.stylemining.report.RollbackRecord;
import org.stylemining.report.RunFolder;

/**
 * Event files that are written while a run goes on, in its folder {@code tensorboard}: a round's
 * numbers can be read after the round, or, where the file system shows a file only once it is
 * closed, after the next checkpoint, with which a new file begins. A run that is resumed, or that
 * went back to a checkpoint, takes back what was told of the rounds behind it.
 *
 * <p>A run is worth more than its charts: where they cannot be written that is told once, and the
 * run goes on without them. Not thread-safe: the driver writes.
 */
public final class LiveEvents implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveEvents.class);

  private final RunFolder run;
  private final Path folder;
  private final RunScalars scalars = new RunScalars();
  private EventFile events;
  private boolean starts = true;
  private boolean failed;

  /** Nothing is made before the first round is done. */
  public LiveEvents(RunFolder run) {
    this.run = run;
    this.folder = new Path(run.path(), "tensorboard");
  }

  /** Takes a line of the run's log. */
  public void take(MetricsRecord entry) {
    if (failed) {
      return;
    }
    try {
      DiskErrors.inWriting(() -> write(entry));
    } catch (IOException e) {
      fail(e);
    }
  }

  private void write(MetricsRecord entry) throws IOException {
    if (entry instanceof RollbackRecord) {
      starts = true;
    }
    List<RunScalars.Point> points = scalars.take(entry);
    if (!points.isEmpty()) {
      double now = System.currentTimeMillis() / 1e3;
      if (events == null) {
        events = EventFile.make(run.fileSystem(), folder, now, host());
      }
      if (starts) {
        events.start(now, points.get(0).step());
        starts = false;
      }
      for (RunScalars.Point point : points) {
        events.write(now - point.backSeconds(), point.step(), point.scalars());
      }
      events.flush();
    } else if (entry instanceof CheckpointRecord && events != null && !events.isReadAlong()) {
      events.close();
      events = null;
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "driver";
    }
  }

  private void fail(IOException failure) {
    failed = true;
    LOG.warn("{} is not written any further: {}", folder, failure.toString());
  }

  @Override
  public void close() {
    if (events != null) {
      try {
        DiskErrors.inWriting(events::close);
      } catch (IOException e) {
        fail(e);
      }
      events = null;
    }
  }
}
