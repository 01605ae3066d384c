package org.stylemining.training;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;
import org.stylemining.report.RunFolder;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.CheckpointStore;

/** Where a run begins: at its first round, or behind a checkpoint in its folder. */
public final class RunStart {
  private RunStart() {}

  /**
   * Checks that files can be written into a folder, which is made where it is missing.
   *
   * @param option that named the folder, for the message
   * @throws UserMistake where they cannot
   */
  public static void requireWritable(String option, RunFolder run) {
    Path trial = new Path(run.path(), ".write-" + UUID.randomUUID());
    try {
      // Hadoop's local file system says false, or nothing, where others throw.
      if (!run.fileSystem().mkdirs(run.path())) {
        throw new IOException("the folder could not be made");
      }
      try (FSDataOutputStream out = run.fileSystem().create(trial, false)) {
        out.write(0);
      }
      run.fileSystem().delete(trial, false);
    } catch (IOException e) {
      throw new UserMistake(
          "%s %s: expected a folder that can be written to: %s"
              .formatted(option, run.path(), e.getMessage()),
          e);
    }
  }

  /**
   * The checkpoint to go on from. What a writer that was killed left behind is put right first: the
   * caller alone writes into the folder.
   *
   * @param resume whether going on was asked for; else the folder must not hold a run that got as
   *     far as a checkpoint
   * @return empty where the run begins at its first round
   * @throws UserMistake where the folder holds a run and going on was not asked for, or no
   *     checkpoint of it is whole
   * @throws IOException where the file system fails
   */
  public static Optional<Checkpoint> find(RunFolder run, boolean resume) throws IOException {
    CheckpointStore store = new CheckpointStore(run.path(), run.fileSystem().getConf());
    store.recover();
    if (!resume && !store.newestFirst().isEmpty()) {
      throw new UserMistake(
          "--out %s: holds a run already (%s); add --resume to go on with it, or choose another folder"
              .formatted(run.path(), store.newestFirst().get(0).getName()));
    }
    return store.newest();
  }

  /**
   * Refuses to go on from a checkpoint under a configuration that leads to another result.
   *
   * @param configuration the resolved configuration, as text
   * @param unused keys that this kind of run does not look at
   * @throws UserMistake naming the keys, what they were and what they are
   */
  public static void requireSameConfiguration(
      Checkpoint checkpoint, String configuration, Pattern unused) {
    ConfigurationChange.refuse(
        "--resume",
        checkpoint.path().toString(),
        ConfigurationChange.between(checkpoint.state().configuration(), configuration, unused));
  }

  /**
   * Refuses to go on with what a run's folder holds under a configuration that leads to another
   * result.
   *
   * @param option that named the folder, for the message
   * @param configuration the resolved configuration, as text
   * @param unused keys that this kind of run does not look at
   * @throws UserMistake naming the keys, what they were and what they are
   */
  public static void requireSameConfiguration(
      String option, RunFolder run, String configuration, Pattern unused) throws IOException {
    if (run.fileSystem().exists(run.config())) {
      ConfigurationChange.refuse(
          option,
          run.path().toString(),
          ConfigurationChange.between(run.read(run.config()), configuration, unused));
    }
  }

  /**
   * How many workers train: as many as before where a run goes on, since the result depends on it.
   *
   * @param asked {@code cluster.workers}; 0: as many as there are task slots
   * @throws UserMistake where another number is asked for than before
   */
  public static int workers(Optional<Checkpoint> checkpoint, int asked, IntSupplier slots) {
    if (checkpoint.isEmpty()) {
      return asked > 0 ? asked : slots.getAsInt();
    }
    int before = checkpoint.get().state().workers();
    if (asked > 0 && asked != before) {
      throw new UserMistake(
          "--resume: cluster.workers = %d, but the run of %s was started with %d workers"
              .formatted(asked, checkpoint.get().path(), before));
    }
    return before;
  }
}
