package org.stylemining.command;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.provenance.DataFingerprint;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.RunFolder;
import org.stylemining.training.RunLease;

/**
 * The folder that a training job writes into, held by it alone while it lives, with what makes it
 * beside it: configuration and provenance.
 *
 * @param run the folder
 * @param lease on it
 * @param command as it was given
 * @param goesOn whether what is in the folder may be gone on with: that was asked for, or an
 *     earlier attempt of the same YARN application began it
 */
record JobFolder(RunFolder run, RunLease lease, String command, boolean goesOn)
    implements AutoCloseable {

  /** What is checked of a job beside its folder. */
  interface Check<J> {
    /**
     * @param folder empty where it cannot be had; then that is among the mistakes
     */
    J job(Optional<JobFolder> folder) throws IOException;
  }

  /**
   * Takes the folder for a job, and gives it free again where the job's checks fail.
   *
   * @param name of the command
   * @param checks told where the folder cannot be had
   */
  static <J> J take(
      String name,
      ConfArguments conf,
      String out,
      boolean resume,
      Configuration hadoop,
      Checks checks,
      Check<J> check)
      throws IOException {
    String command = name + " " + conf + " --out " + out + (resume ? " --resume" : "");
    Optional<RunFolder> run = checks.find(() -> Outputs.folder(out, hadoop));
    Optional<RunLease> lease =
        run.isEmpty()
            ? Optional.empty()
            : checks.find(() -> RunLease.take("--out", run.get(), command));
    try {
      if (lease.isEmpty()) {
        return check.job(Optional.empty());
      }
      boolean goesOn = resume || SparkRun.goesOnByItself(run.get(), System.getenv("CONTAINER_ID"));
      return check.job(Optional.of(new JobFolder(run.get(), lease.get(), command, goesOn)));
    } catch (IOException | RuntimeException e) {
      lease.ifPresent(RunLease::close);
      throw e;
    }
  }

  /**
   * Writes configuration and provenance.
   *
   * @param inputs that the job reads
   * @param further whether the job goes on with what is there
   * @throws UserMistake where it goes on over other data than it began with
   */
  Provenance begin(
      SparkRun spark,
      String experiment,
      AsmConfig config,
      int workers,
      Inputs inputs,
      boolean further)
      throws IOException {
    Provenance provenance =
        Provenance.start(
                experiment,
                command,
                config.seed(),
                spark.cluster(workers),
                Nd4j.getBackend().getClass().getSimpleName(),
                inputs.data(),
                Instant.now())
            .with(inputs.weights());
    if (further && run.fileSystem().exists(run.provenance())) {
      Provenance before = Provenance.fromJson(run.read(run.provenance()));
      requireSameData(before, inputs.data());
      provenance = provenance.resuming(before);
    }
    run.write(run.config(), config.render());
    run.write(run.provenance(), provenance.toJson());
    return provenance;
  }

  /** Notes that the job is done. */
  void end(Provenance provenance) throws IOException {
    run.write(run.provenance(), provenance.endedAt(Instant.now()).toJson());
  }

  /** A run that goes on over other files would end elsewhere. */
  private void requireSameData(Provenance before, List<DataFingerprint> data) {
    for (int i = 0; i < Math.min(data.size(), before.data().size()); i++) {
      DataFingerprint was = before.data().get(i);
      DataFingerprint is = data.get(i);
      if (!was.listing().equals(is.listing())) {
        throw new UserMistake(
            "--resume: %s in %s: expected the %d files (%d bytes) that the run in %s was started with, found %d files (%d bytes)"
                .formatted(
                    is.name(),
                    is.root(),
                    was.files(),
                    was.bytes(),
                    run.path(),
                    is.files(),
                    is.bytes()));
      }
    }
  }

  /** Gives the folder free. */
  @Override
  public void close() {
    lease.close();
  }
}
