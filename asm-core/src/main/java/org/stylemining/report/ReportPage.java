package org.stylemining.report;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.config.UserMistake;
import org.stylemining.provenance.Provenance;
import org.stylemining.score.TaskScores;

/**
 * The page that shows a run: one HTML file that needs nothing else, neither network nor files
 * beside it. Parts whose data a run does not have are left out.
 */
public final class ReportPage {
  private static final Logger LOG = LoggerFactory.getLogger(ReportPage.class);

  private ReportPage() {}

  /**
   * Writes {@code report.html} into a run folder, or into a folder that holds a run as {@code
   * train} and its {@code scores.json}, over an older page.
   *
   * @param folder local path or URI
   * @return the page
   * @throws UserMistake where there is no such folder, nothing in it to report, or no page can be
   *     written
   */
  public static Path write(String folder, Configuration hadoop) throws IOException {
    return write(RunFolder.at(folder, hadoop));
  }

  /** Writes the page of a run; see {@link #write(String, Configuration)}. */
  public static Path write(RunFolder folder) throws IOException {
    return write(folder, Optional.empty());
  }

  /**
   * The same, with another run's predictions beside this one's.
   *
   * @param baseline folder of the other run, or of its scores; such as source-only's
   * @throws UserMistake besides, where the other has no examples, or of other images
   */
  public static Path write(RunFolder folder, RunFolder baseline) throws IOException {
    return write(folder, Optional.of(Baseline.find(baseline)));
  }

  private static Path write(RunFolder folder, Optional<Baseline> baseline) throws IOException {
    ReportFolder parts = ReportFolder.find(folder);
    String page = html(parts, baseline);
    try {
      folder.write(folder.report(), page);
    } catch (IOException e) {
      throw new UserMistake(
          "report " + folder.report() + ": the page could not be written: " + e.getMessage());
    }
    return folder.report();
  }

  private static String html(ReportFolder parts, Optional<Baseline> baseline) throws IOException {
    RunFolder run = parts.run();
    FileSystem fileSystem = run.fileSystem();
    RunSummary summary = RunSummary.of(run);
    String configuration = fileSystem.exists(run.config()) ? run.read(run.config()) : "";
    Optional<Provenance> provenance = provenance(run);
    Optional<TaskScores> scores = scores(run, parts.scores());
    Headline headline =
        new Headline(parts.folder().getName(), provenance, configuration, summary, scores);

    StringBuilder body = new StringBuilder(headline.html());
    body.append("<main>\n");
    scores.ifPresent(known -> body.append(ResultSections.scores(known, headline.labelSpace())));
    body.append(
        ResultSections.predictions(fileSystem, parts.samples(), baseline, headline.labelSpace()));
    body.append(TrainingSections.strips(run));
    body.append(TrainingSections.mining(summary));
    body.append(ExplanationSections.html(parts.explained()));
    body.append(TrainingSections.loss(summary));
    body.append(TrainingSections.faults(summary));
    body.append(TrainingSections.memory(summary));
    body.append(TrainingSections.damaged(summary));
    provenance.ifPresent(known -> body.append(OriginSections.provenance(known)));
    body.append(OriginSections.configuration(configuration));
    body.append("</main>\n");
    return PageFrame.of(headline.name(), Chart.style(), body.toString(), Chart.script());
  }

  private static Optional<Provenance> provenance(RunFolder run) throws IOException {
    if (!run.fileSystem().exists(run.provenance())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Provenance.fromJson(run.read(run.provenance())));
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is left out of the report: {}", run.provenance(), e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<TaskScores> scores(RunFolder run, Optional<Path> file)
      throws IOException {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(TaskScores.fromJson(run.read(file.get())));
    } catch (IllegalArgumentException e) {
      throw new UserMistake("report " + file.get() + ": " + e.getMessage());
    }
  }
}
