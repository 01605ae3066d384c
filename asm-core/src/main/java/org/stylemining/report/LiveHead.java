package org.stylemining.report;

import java.time.Instant;
import java.util.Optional;
import org.stylemining.provenance.Provenance;

/** The top of the live page: what is watched, whether it lives, and how far it is. */
final class LiveHead {
  private LiveHead() {}

  /**
   * @param sign of the run's job
   * @param told when the last round was told; empty where that is not known
   * @param left seconds until the last round ends; NaN where that is not known
   * @param failure account of what failed, where the run stopped over a failure
   */
  static String html(
      WatchedFolder folder,
      Headline headline,
      LiveStage stage,
      Optional<LifeSign> sign,
      Optional<Provenance> provenance,
      RunSummary summary,
      Optional<Instant> told,
      double left,
      Optional<String> failure) {
    String part =
        folder.part().isEmpty() ? "" : " <small>%s</small>".formatted(Html.escape(folder.part()));
    return """
    <p class="kind">Adversarial Style Mining · live view of <span class="path">%s</span></p>
    <h1>%s%s</h1>
    %s<p class="stage %s"><b>%s</b> %s</p>
    %s"""
        .formatted(
            Html.escape(place(folder.run())),
            Html.escape(headline.name()),
            part,
            headline.subtitle(),
            stage.kind().word(),
            title(stage),
            sentence(folder, stage, sign, provenance, summary, told, failure),
            tiles(headline, stage, summary, left));
  }

  private static String title(LiveStage stage) {
    return switch (stage.kind()) {
      case WAITING -> "Waiting";
      case STARTING -> "Starting";
      case RUNNING -> "Running";
      case FINISHED -> "Finished";
      case STOPPED -> "Stopped";
    };
  }

  private static String sentence(
      WatchedFolder folder,
      LiveStage stage,
      Optional<LifeSign> sign,
      Optional<Provenance> provenance,
      RunSummary summary,
      Optional<Instant> told,
      Optional<String> failure) {
    String job = sign.map(LifeSign::holder).map(Html::escape).orElse("");
    String since = stage.since().map(LiveHead::time).orElse("");
    return switch (stage.kind()) {
      case WAITING ->
          "for a run in this folder: there is no metrics.jsonl yet, and no job holds the folder.";
      case STARTING -> job + ". No round is complete yet.";
      case RUNNING ->
          told.map(at -> "The last round was told at " + time(at) + ". ").orElse("")
              + "<span class=\"job\">%s</span>".formatted(job);
      case FINISHED ->
          (since.isEmpty() ? "" : "at " + since + ". ")
              + summary
                  .checkpoint()
                  .map(
                      last ->
                          "Its last checkpoint: <span class=\"path\">%s</span>"
                              .formatted(Html.escape(last.path())))
                  .orElse("");
      case STOPPED -> {
        StringBuilder text = new StringBuilder(since.isEmpty() ? "" : "since " + since);
        text.append(": the run has not come to its end, and nobody writes into its folder.");
        sign.ifPresent(last -> text.append(" It was ").append(job).append('.'));
        failure.ifPresent(
            account ->
                text.append(
                    " What failed: <span class=\"path\">%s</span>."
                        .formatted(Html.escape(account))));
        provenance
            .filter(known -> known.command() != null)
            .ifPresent(
                known ->
                    text.append(
                        " It goes on from its newest checkpoint with <code>%s</code>."
                            .formatted(Html.escape(resuming(known.command())))));
        yield text.toString();
      }
    };
  }

  private static String resuming(String command) {
    return "bin/asm " + command + (command.endsWith(" --resume") ? "" : " --resume");
  }

  /** Put into the reader's own time by the page. */
  private static String time(Instant instant) {
    return "<time datetime=\"%s\">%s</time>".formatted(instant, instant);
  }

  /** A local folder without its scheme. */
  static String place(RunFolder run) {
    return run.path().toUri().getScheme() != null && run.path().toUri().getScheme().equals("file")
        ? run.path().toUri().getPath()
        : run.path().toString();
  }

  private static String tiles(Headline headline, LiveStage stage, RunSummary summary, double left) {
    Optional<RoundRecord> last = summary.totals().last();
    if (last.isEmpty()) {
      return "";
    }
    boolean goes = stage.kind() == LiveStage.Kind.RUNNING;
    String time =
        goes
            ? Html.tile(
                "Time left",
                Headline.spaced(ProgressLine.duration(left)),
                Double.isFinite(left)
                    ? "until about " + time(Instant.now().plusSeconds(Math.round(left)))
                    : "",
                true)
            : "";
    String speed =
        Html.tile(
            "Images, last round",
            Html.number(last.get().imagesPerSecond()) + "<small>/s</small>",
            "",
            false);
    double done = Math.min(1, (double) last.get().round() / Math.max(1, last.get().rounds()));
    return """
    <div class="progress" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow="%s"><i style="width:%s%%"></i></div>
    <ul class="tiles">
    %s%s%s</ul>
    """
        .formatted(
            Html.percent(done), Html.percent(done), time, headline.tiles(), goes ? speed : "");
  }
}
