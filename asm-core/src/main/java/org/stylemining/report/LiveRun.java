package org.stylemining.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.provenance.Provenance;
import org.stylemining.score.TaskScores;

/**
 * A run as its folder tells of it now: what the live page shows. The folder need not be there yet;
 * nothing is ever written into it. Of the log only what is new is read each time, and what is kept
 * of it does not grow with the run.
 */
public final class LiveRun {
  private final RunFolder asked;
  private final LifeSign.Source signs;
  private final KnownFile<String> configuration = new KnownFile<>(text -> text);
  private final KnownFile<Provenance> provenance = new KnownFile<>(Provenance::fromJson);
  private final KnownFile<TaskScores> scores = new KnownFile<>(TaskScores::fromJson);
  private final Fragment styles = new Fragment();
  private final Fragment predictions = new Fragment();
  private WatchedFolder folder;
  private MetricsTail tail;
  private RunSummary summary = new RunSummary();
  private RoundRecord toldRound;
  private Instant toldAt;

  /**
   * @param asked a run's folder, one that holds a run as {@code train}, one that a style generator
   *     is trained in, or a comparison's
   */
  public LiveRun(RunFolder asked, LifeSign.Source signs) {
    this.asked = asked;
    this.signs = signs;
  }

  /** A part of the page that is large, and made only when it has changed and is asked for. */
  private static final class Fragment {
    private String version = "";
    private String made = "";
    private String html = "";

    private interface Making {
      String html() throws IOException;
    }

    private String get(Making making) throws IOException {
      if (!made.equals(version)) {
        String now = version;
        html = version.isEmpty() ? "" : making.html();
        made = now;
      }
      return html;
    }
  }

  /** The page around it all, which asks for the rest by itself. */
  public static String page(double everySeconds) {
    return LivePage.html(everySeconds);
  }

  /** The page's script. */
  public static String script() {
    return LivePage.script();
  }

  /** The folder that was asked for, as people write it. */
  public String place() {
    return LiveHead.place(asked);
  }

  /**
   * Looks at the folder.
   *
   * @return a JSON object: {@code run}, what a program may want to know; and for the page its
   *     {@code title}, parts as {@code html}, {@code charts}, and the {@code versions} of what
   *     {@link #fragment} gives
   * @throws IOException where the file system fails; what was read before stays known
   */
  public synchronized String look() throws IOException {
    follow();
    Optional<LifeSign> sign = signs.of(folder.job());
    Optional<Provenance> origin = provenance.now(folder.job(), folder.job().provenance());
    Optional<Instant> written = time(folder.run().metrics());
    LiveStage stage = LiveStage.of(sign, origin, summary.totals(), written);
    noteLastRound(written);
    ReportFolder parts = ReportFolder.of(asked, folder.run());
    Headline headline = headline(parts, origin);
    styles.version = stylesVersion();
    predictions.version = predictionsVersion(parts);

    double left = secondsLeft(stage);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("run", facts(stage, headline, left));
    root.put("title", title(stage, headline));
    ObjectNode html = root.putObject("html");
    html.put(
        "head",
        LiveHead.html(
            folder,
            headline,
            stage,
            sign,
            origin,
            summary,
            Optional.ofNullable(toldAt),
            left,
            failure(stage, origin)));
    html.put("mining", mining());
    html.put("workers", WorkersTable.html(summary));
    html.put("faults", faults());
    html.put("damaged", TrainingSections.damaged(summary));
    ObjectNode charts = root.putObject("charts");
    LiveCharts.of(summary)
        .forEach(
            (name, chart) ->
                charts.set(
                    name, chart.data().put("title", chart.title()).put("remark", chart.remark())));
    root.putObject("versions")
        .put("styles", styles.version)
        .put("predictions", predictions.version);
    return root.toString();
  }

  /**
   * A large part of the page, as it was when the folder was looked at last.
   *
   * @param name {@code styles}: one image through its mining steps; {@code predictions}
   * @return HTML, which may be empty; nothing where there is no such part
   */
  public synchronized Optional<String> fragment(String name) throws IOException {
    if (folder == null) {
      return Optional.empty();
    }
    return switch (name) {
      case "styles" -> Optional.of(styles.get(() -> TrainingSections.strips(folder.run())));
      case "predictions" -> {
        ReportFolder parts = ReportFolder.of(asked, folder.run());
        Headline headline = headline(parts, Optional.empty());
        yield Optional.of(
            predictions.get(
                () ->
                    ResultSections.predictions(
                        asked.fileSystem(),
                        parts.samples(),
                        Optional.empty(),
                        headline.labelSpace())));
      }
      default -> Optional.empty();
    };
  }

  private void follow() throws IOException {
    WatchedFolder now = WatchedFolder.find(asked, folder);
    if (folder == null || !folder.run().path().equals(now.run().path())) {
      tail = new MetricsTail(now.run());
      forget();
    }
    folder = now;
    tail.read(
        new MetricsTail.Follower() {
          @Override
          public void anew() {
            forget();
          }

          @Override
          public void line(MetricsRecord entry) {
            summary.add(entry);
          }
        });
  }

  private void forget() {
    summary = new RunSummary();
    toldRound = null;
    toldAt = null;
  }

  /** When the last round was told is seen, or, of a local file that is found, its time. */
  private void noteLastRound(Optional<Instant> written) {
    RoundRecord last = summary.totals().last().orElse(null);
    if (last == null || last.equals(toldRound)) {
      return;
    }
    if (toldRound != null) {
      toldAt = Instant.now();
    } else if ("file".equals(asked.fileSystem().getUri().getScheme())) {
      toldAt = written.orElse(null);
    }
    toldRound = last;
  }

  private double secondsLeft(LiveStage stage) {
    if (stage.kind() != LiveStage.Kind.RUNNING || toldRound == null) {
      return Double.NaN;
    }
    double since = toldAt == null ? 0 : Duration.between(toldAt, Instant.now()).toMillis() / 1000.0;
    return Math.max(0, toldRound.timeLeftSeconds() - Math.max(0, since));
  }

  private Headline headline(ReportFolder parts, Optional<Provenance> origin) throws IOException {
    String text = configuration.now(folder.job(), folder.job().config()).orElse("");
    Optional<TaskScores> known =
        parts.scores().isEmpty() ? Optional.empty() : scores.now(asked, parts.scores().get());
    return new Headline(asked.path().getName(), origin, text, summary, known);
  }

  private static String title(LiveStage stage, Headline headline) {
    return switch (stage.kind()) {
      case WAITING, STARTING, FINISHED, STOPPED -> stage.kind().word() + " · " + headline.name();
      case RUNNING -> headline.name();
    };
  }

  private ObjectNode facts(LiveStage stage, Headline headline, double left) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("folder", folder.run().path().toString());
    facts.put("name", headline.name());
    facts.put("stage", stage.kind().word());
    facts.put("since", stage.since().map(Instant::toString).orElse(null));
    facts.put("lastRoundTold", toldAt == null ? null : toldAt.toString());
    summary
        .totals()
        .last()
        .ifPresent(
            last -> {
              facts.put("round", last.round()).put("rounds", last.rounds());
              facts.put("update", last.update()).put("updates", last.updates());
              facts.put("workers", last.workers());
              number(facts, "loss", last.loss());
              number(facts, "imagesPerSecond", last.imagesPerSecond());
              number(facts, "secondsLeft", left);
            });
    facts.put("faults", summary.faultCount());
    facts.put("damagedSamples", summary.damagedCount());
    facts.put("unreadableLines", tail.unreadable());
    return facts;
  }

  private static void number(ObjectNode facts, String name, double value) {
    if (Double.isFinite(value)) {
      facts.put(name, value);
    } else {
      facts.putNull(name);
    }
  }

  private String mining() {
    return summary.mines()
        ? TrainingSections.verdict(summary.steps()) + TrainingSections.table(summary.steps())
        : "";
  }

  private String faults() {
    StringBuilder html = new StringBuilder();
    if (summary.faultCount() > 0) {
      List<Fault> latest = List.copyOf(summary.latestFaults());
      html.append(TrainingSections.listing(latest));
      long earlier = summary.faultCount() - latest.size();
      if (earlier > 0) {
        html.append("<p class=\"note\">and %s before</p>\n".formatted(Html.count(earlier)));
      }
    }
    if (tail.unreadable() > 0) {
      html.append(
          "<p class=\"note\">%s of metrics.jsonl could not be read and are left out.</p>\n"
              .formatted(
                  tail.unreadable() == 1 ? "1 line" : Html.count(tail.unreadable()) + " lines"));
    }
    return Html.section("faults", "Faults", html.toString());
  }

  /** The account of what failed, where it is of this run's last part. */
  private Optional<String> failure(LiveStage stage, Optional<Provenance> origin)
      throws IOException {
    if (stage.kind() != LiveStage.Kind.STOPPED) {
      return Optional.empty();
    }
    Path account = new Path(folder.job().logs(), "failure.txt");
    Optional<Instant> failed = time(account);
    Optional<Instant> began = origin.flatMap(LiveRun::began);
    return failed
        .filter(at -> began.isEmpty() || at.isAfter(began.get()))
        .map(at -> "logs/" + account.getName());
  }

  private static Optional<Instant> began(Provenance origin) {
    List<String> resumed = origin.resumed();
    String last = resumed.isEmpty() ? origin.started() : resumed.get(resumed.size() - 1);
    return last == null ? Optional.empty() : Optional.of(Instant.parse(last));
  }

  private Optional<Instant> time(Path file) throws IOException {
    try {
      return Optional.of(
          Instant.ofEpochMilli(asked.fileSystem().getFileStatus(file).getModificationTime()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private String stylesVersion() throws IOException {
    List<Integer> rounds = MiningStrip.rounds(folder.run());
    if (rounds.isEmpty()) {
      return "";
    }
    int last = rounds.get(rounds.size() - 1);
    return folder.run().path()
        + " "
        + rounds.get(0)
        + " "
        + last
        + " "
        + time(folder.run().strip(last)).map(Instant::toString).orElse("")
        + " "
        + time(folder.run().anchorPicture()).map(Instant::toString).orElse("");
  }

  private String predictionsVersion(ReportFolder parts) throws IOException {
    FileSystem fileSystem = asked.fileSystem();
    long newest = 0;
    int files = 0;
    try {
      for (FileStatus file : fileSystem.listStatus(parts.samples())) {
        newest = Math.max(newest, file.getModificationTime());
        files++;
      }
    } catch (FileNotFoundException e) {
      return "";
    }
    return files == 0 ? "" : parts.samples() + " " + files + " " + newest;
  }
}
