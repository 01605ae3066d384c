package org.stylemining.weights;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.config.UserMistake;
import org.stylemining.report.DiskErrors;

/**
 * The checkpoints of one run, {@code checkpoints/round-NNNNNN} in its folder, on any file system
 * that Hadoop knows. One is written as {@code .round-NNNNNN.tmp} and then renamed, so that it is
 * complete or absent; what a file system without an atomic rename leaves half done is recognised by
 * the lengths and checksums in its {@code state.json}, and put right by {@link #recover}. One
 * process writes at a time.
 */
public final class CheckpointStore {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);
  private static final String FOLDER = "checkpoints";
  private static final Pattern NAME = Pattern.compile("round-[0-9]{6,}");
  private static final Pattern LEFTOVER = Pattern.compile("\\.round-[0-9]{6,}\\.tmp");

  private final Path folder;
  private final FileSystem files;

  /**
   * The checkpoints of a run; nothing is read or made yet.
   *
   * @param runFolder local path or URI of any file system that Hadoop is configured for
   */
  public CheckpointStore(Path runFolder, Configuration hadoop) throws IOException {
    FileSystem found = runFolder.getFileSystem(hadoop);
    // Hadoop's checksum files add nothing to the checkpoint's own, and their streams keep a file
    // open, and its room taken, where a full disk cut it short.
    this.files = found instanceof LocalFileSystem local ? local.getRaw() : found;
    this.folder = files.makeQualified(new Path(runFolder, FOLDER));
  }

  /**
   * Writes a checkpoint for {@code state.round()}; one that is there already is replaced. Leftovers
   * of writers that were killed are removed.
   *
   * @param model parameters and running statistics by name, kept in this order
   * @param optimizer the optimizer's state, flat; of length 0 where it has none
   * @return the checkpoint's folder
   * @throws IOException where the file system fails, a disk is full say; then no checkpoint of this
   *     round is visible that is not complete, and the others are as they were
   */
  public Path save(CheckpointState state, Map<String, NamedTensor> model, float[] optimizer)
      throws IOException {
    return save(state, new CheckpointContents(model.values(), optimizer));
  }

  /** As {@link #save(CheckpointState, Map, float[])}, with the names in the tensors alone. */
  public Path save(CheckpointState state, Collection<NamedTensor> model, float[] optimizer)
      throws IOException {
    return save(state, new CheckpointContents(model, optimizer));
  }

  /** As {@link #save(CheckpointState, Map, float[])}, with all that a checkpoint may hold. */
  public Path save(CheckpointState state, CheckpointContents contents) throws IOException {
    removeLeftovers();
    String name = String.format(Locale.ROOT, "round-%06d", state.round());
    Path unfinished = new Path(folder, "." + name + ".tmp");
    Path finished = new Path(folder, name);
    try {
      DiskErrors.inWriting(
          () -> {
            files.mkdirs(unfinished);
            Checkpoint.writeFolder(unfinished, files, state, contents);
          });
    } catch (IOException e) {
      // A full disk has room again for what is smaller, such as the log.
      discard(unfinished, e);
      throw e;
    }
    // A rename onto a folder that exists would move this one into it.
    files.delete(finished, true);
    rename(unfinished, finished);
    return finished;
  }

  /**
   * Reads the newest complete checkpoint. Newer ones that are incomplete or damaged are passed over
   * with a warning.
   *
   * @return empty where the run has no checkpoint at all
   * @throws UserMistake where it has some but none is complete; the message names the newest
   * @throws IOException where the file system fails
   */
  public Optional<Checkpoint> newest() throws IOException {
    UserMistake first = null;
    for (Path checkpoint : newestFirst()) {
      try {
        return Optional.of(Checkpoint.readFolder(checkpoint, files));
      } catch (UserMistake e) {
        LOG.warn("{}; looking for an older one", e.getMessage());
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
    return Optional.empty();
  }

  /**
   * Deletes all but the newest checkpoints.
   *
   * @param count checkpoints to keep, at least 1
   */
  public void keepNewest(int count) throws IOException {
    if (count < 1) {
      throw new IllegalArgumentException("at least 1 checkpoint is kept, found " + count);
    }
    List<Path> all = newestFirst();
    for (Path old : all.subList(Math.min(count, all.size()), all.size())) {
      files.delete(old, true);
    }
  }

  /**
   * Puts right what a writer that was killed left behind, before the next one begins: a checkpoint
   * that was written whole but not renamed gets its name, what is half written is removed. One that
   * has all its files but is damaged is left alone.
   *
   * @throws IOException where the file system fails
   */
  public void recover() throws IOException {
    for (FileStatus entry : entries()) {
      Path leftover = entry.getPath();
      if (LEFTOVER.matcher(leftover.getName()).matches() && isWhole(leftover)) {
        Path finished = new Path(folder, name(leftover));
        if (!isWhole(finished)) {
          LOG.info("{} was written whole: it becomes {}", leftover, finished.getName());
          files.delete(finished, true);
          rename(leftover, finished);
        }
      }
    }
    removeLeftovers();
    for (Path checkpoint : newestFirst()) {
      if (!hasAllFiles(checkpoint)) {
        LOG.info("removing {}, which is half written", checkpoint);
        files.delete(checkpoint, true);
      }
    }
  }

  private static String name(Path leftover) {
    String name = leftover.getName();
    return name.substring(1, name.length() - ".tmp".length());
  }

  private boolean isWhole(Path checkpoint) throws IOException {
    try {
      Checkpoint.readFolder(checkpoint, files);
      return true;
    } catch (UserMistake e) {
      return false;
    }
  }

  private boolean hasAllFiles(Path checkpoint) throws IOException {
    for (String file : List.of(Checkpoint.STATE, Checkpoint.MODEL, Checkpoint.OPTIMIZER)) {
      if (!files.exists(new Path(checkpoint, file))) {
        return false;
      }
    }
    return true;
  }

  private void discard(Path unfinished, IOException failure) {
    try {
      files.delete(unfinished, true);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException("could not rename " + from + " to " + to);
    }
  }

  /** Removes what writers that were killed left behind. */
  public void removeLeftovers() throws IOException {
    for (FileStatus entry : entries()) {
      if (LEFTOVER.matcher(entry.getPath().getName()).matches()) {
        LOG.info("removing {}, which was never finished", entry.getPath());
        files.delete(entry.getPath(), true);
      }
    }
  }

  /** Folders of the checkpoints, the latest round first; whether they are whole is not checked. */
  public List<Path> newestFirst() throws IOException {
    List<Path> found = new ArrayList<>();
    for (FileStatus entry : entries()) {
      if (entry.isDirectory() && isCheckpointName(entry.getPath().getName())) {
        found.add(entry.getPath());
      }
    }
    found.sort(Comparator.comparingLong(CheckpointStore::round).reversed());
    return found;
  }

  static boolean isCheckpointName(String name) {
    return NAME.matcher(name).matches();
  }

  private static long round(Path checkpoint) {
    return Long.parseLong(checkpoint.getName().substring("round-".length()));
  }

  private FileStatus[] entries() throws IOException {
    try {
      return files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
