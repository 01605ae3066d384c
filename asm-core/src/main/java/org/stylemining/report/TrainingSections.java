package org.stylemining.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of the page that show how a run went: loss, mining, pictures of the styles, damaged
 * samples.
 */
final class TrainingSections {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingSections.class);

  /** Lines of a chart that the eye still tells apart; the paper mines up to five steps deep. */
  private static final int MOST_LINES = 5;

  /** Strokes of a curve that the eye still tells apart. */
  private static final int MOST_STROKES = 30;

  private static final int STRIP_WIDTH = 2400;

  private static final double GIB = 1L << 30;

  private TrainingSections() {}

  static String loss(RunSummary run) {
    Optional<Chart> loss = lossChart(run);
    if (loss.isEmpty()) {
      return "";
    }
    String charts =
        driftChart(run)
            .map(drift -> "<div class=\"pair\">\n" + loss.get().html() + drift.html() + "</div>\n")
            .orElseGet(loss.get()::html);
    return Html.section("training", "Training", charts + time(run));
  }

  /** The loss of each round; empty where none is known. */
  static Optional<Chart> lossChart(RunSummary run) {
    return Chart.over(
        run.lossPlaces(),
        "Loss",
        "mean of each sync round",
        "loss",
        List.of(new Chart.Line("loss", run.losses(), 0, false)));
  }

  /** How far workers came apart; empty where there was one, or the run did not tell. */
  static Optional<Chart> driftChart(RunSummary run) {
    RoundCurves.Places places = run.curves().where(List.of(RunSummary.DRIFT_MEAN));
    return Chart.over(
        places,
        "Distance of the workers from their mean",
        "at the end of each sync round, relative to what the round moved the mean by",
        "‖θ − mean‖ / ‖mean − start‖",
        List.of(
            new Chart.Line("mean of the workers", places.values(RunSummary.DRIFT_MEAN), 1, false),
            new Chart.Line("farthest worker", places.values(RunSummary.DRIFT_LARGEST), 2, true)));
  }

  private static String time(RunSummary run) {
    RunTotals totals = run.totals();
    double all = totals.seconds();
    if (all <= 0) {
      return "";
    }
    double training = totals.trainSeconds() / all;
    double averaging = totals.syncSeconds() / all;
    String waiting =
        Double.isNaN(totals.waitShare())
            ? ""
            : " Workers spent %s%% of their time waiting for images."
                .formatted(Html.percent(totals.waitShare()));
    return "<p class=\"note\">%s in %s rounds: %s%% training, %s%% sending and averaging parameters, %s%% other.%s</p>\n"
        .formatted(
            ProgressLine.duration(all),
            Html.count(totals.rounds()),
            Html.percent(training),
            Html.percent(averaging),
            Html.percent(Math.max(0, 1 - training - averaging)),
            waiting + slowest(run));
  }

  /** Every round waits for its slowest worker. */
  private static String slowest(RunSummary run) {
    Map<Integer, WorkerCourse> averaged = new TreeMap<>(run.workers());
    averaged.values().removeIf(worker -> worker.averagedRounds() == 0);
    if (averaged.size() < 2) {
      return "";
    }
    Map.Entry<Integer, WorkerCourse> slowest =
        Collections.max(
            averaged.entrySet(),
            Comparator.comparingDouble(worker -> worker.getValue().meanSeconds()));
    double all =
        averaged.values().stream().mapToDouble(WorkerCourse::meanSeconds).average().orElseThrow();
    return " The slowest worker was %d, on %s: %s s a round, where all took %s s on average."
        .formatted(
            slowest.getKey(),
            Html.escape(slowest.getValue().averagedHost()),
            Html.number(slowest.getValue().meanSeconds()),
            Html.number(all));
  }

  /** What went wrong and the run got over. */
  static String faults(RunSummary run) {
    if (run.faultCount() == 0) {
      return "";
    }
    long more = run.faultCount() - run.faults().size();
    return Html.section(
        "faults",
        "Faults",
        listing(run.faults())
            + (more > 0 ? "<p class=\"note\">and %s more</p>\n".formatted(Html.count(more)) : ""));
  }

  /** A table of faults. */
  static String listing(List<Fault> faults) {
    StringBuilder rows = new StringBuilder();
    for (Fault fault : faults) {
      rows.append(
          "<tr><td>%s</td><td>%s</td></tr>\n"
              .formatted(Html.count(fault.round()), Html.escape(fault.what())));
    }
    return """
    <table class="listing">
    <thead><tr><th scope="col">Round</th><th scope="col">What happened</th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    """
        .formatted(rows);
  }

  /** Memory of the largest executor and of the driver. */
  static String memory(RunSummary run) {
    return memoryChart(run).map(chart -> Html.section("memory", "Memory", chart.html())).orElse("");
  }

  /** The same as a chart; empty where the run did not tell. */
  static Optional<Chart> memoryChart(RunSummary run) {
    boolean local = run.isLocal();
    String resident = local ? RunSummary.DRIVER_RESIDENT : RunSummary.RESIDENT;
    String arrays = local ? RunSummary.DRIVER_ARRAYS : RunSummary.ARRAYS;
    String heap = local ? RunSummary.DRIVER_HEAP : RunSummary.HEAP;
    RoundCurves.Places places =
        run.curves().where(List.of(resident, arrays, heap, RunSummary.DRIVER_RESIDENT));
    List<Chart.Line> lines = new ArrayList<>();
    lines.add(new Chart.Line("whole process", gib(places, resident), 0, false));
    lines.add(new Chart.Line("arrays off the heap", gib(places, arrays), 1, false));
    lines.add(new Chart.Line("Java heap in use", gib(places, heap), 2, false));
    if (!local) {
      lines.add(
          new Chart.Line(
              "driver, whole process", gib(places, RunSummary.DRIVER_RESIDENT), 5, true));
    }
    return Chart.over(
        places,
        "Memory",
        local ? "driver and workers in one process" : "the largest executor",
        "GiB",
        lines);
  }

  private static double[] gib(RoundCurves.Places places, String curve) {
    return Arrays.stream(places.values(curve)).map(bytes -> bytes / GIB).toArray();
  }

  static String mining(RunSummary run) {
    if (!run.mines()) {
      return "";
    }
    return Html.section(
        "mining",
        "Style mining",
        verdict(run.steps())
            + "<div class=\"pair\">\n"
            + (run.steps().size() > 1 ? course(run).html() : "")
            + stepLossChart(run).html()
            + distanceChart(run).html()
            + stepLengths(run)
            + "</div>\n"
            + table(run.steps()));
  }

  /** The loss of each mining step, of a run that has some. */
  static Chart stepLossChart(RunSummary run) {
    RoundCurves.Places places = stepPlaces(run);
    return new Chart(
        "Loss by mining step",
        averaged(run, places),
        "loss",
        places.rounds(),
        lines(run, places, RunSummary::stepLoss));
  }

  /** The distance of each step's style from the anchor, of a run that mines. */
  static Chart distanceChart(RunSummary run) {
    RoundCurves.Places places = stepPlaces(run);
    List<Chart.Line> distances = lines(run, places, RunSummary::stepDistance);
    distances.add(noise(run, places));
    return new Chart(
        "Distance of the style from the anchor",
        averaged(run, places),
        "‖ε − ψ‖",
        places.rounds(),
        distances);
  }

  /**
   * The loss as it rises within iterations and falls over them, as in the paper's Fig. 7: a stroke
   * for the iterations of some rounds, through their mining steps.
   */
  private static Chart course(RunSummary run) {
    RoundCurves.Places places = stepPlaces(run);
    double[] rounds = places.rounds();
    int depth = run.steps().size();
    int strokes = Math.min(rounds.length, Math.min(MOST_STROKES, Chart.MOST_POINTS / (depth + 1)));
    double[] x = new double[strokes * (depth + 1)];
    double[] loss = new double[x.length];
    List<double[]> series =
        run.steps().keySet().stream()
            .map(step -> places.values(RunSummary.stepLoss(step)))
            .toList();
    for (int stroke = 0, at = 0; stroke < strokes; stroke++) {
      int from = stroke * rounds.length / strokes;
      int to = (stroke + 1) * rounds.length / strokes;
      double start = rounds[from] - 0.5;
      double length = rounds[to - 1] + 0.5 - start;
      for (int step = 0; step <= depth; step++, at++) {
        x[at] = start + length * (step + 0.5) / (depth + 1);
        // Strokes are apart.
        loss[at] = step == depth ? Double.NaN : Chart.mean(series.get(step), from, to);
      }
    }
    int most = (rounds.length + strokes - 1) / strokes * run.curves().roundsOfPlace();
    return new Chart(
        "Loss within iterations, in the course of training",
        most == 1
            ? "a stroke through the mining steps of every round"
            : "a stroke through the mining steps of %d rounds".formatted(most),
        "loss",
        x,
        List.of(new Chart.Line("loss", loss, 0, false).inStrokes()));
  }

  /**
   * How far eps moves at once, beside the noise that it was drawn with; nothing where it does not.
   */
  private static String stepLengths(RunSummary run) {
    RoundCurves.Places places = stepPlaces(run);
    List<Chart.Line> lines = new ArrayList<>();
    for (Map.Entry<Integer, StepMeans> step : run.steps().entrySet()) {
      if (lines.size() < MOST_LINES && Double.isFinite(step.getValue().stepLength())) {
        double[] lengths =
            Chart.smoothed(places.values(RunSummary.stepLength(step.getKey())), width(places));
        lines.add(new Chart.Line("after step " + step.getKey(), lengths, lines.size(), false));
      }
    }
    if (lines.isEmpty()) {
      return "";
    }
    lines.add(noise(run, places));
    return new Chart(
            "Length of a mining step", averaged(run, places), "‖β ∂L/∂ε‖", places.rounds(), lines)
        .html();
  }

  private static Chart.Line noise(RunSummary run, RoundCurves.Places places) {
    return new Chart.Line(
        "sampling noise ‖n·ξ‖",
        Chart.smoothed(places.values(RunSummary.stepNoise(run.steps().firstKey())), width(places)),
        5,
        true);
  }

  /** Rounds of which there are steps. */
  private static RoundCurves.Places stepPlaces(RunSummary run) {
    return run.curves().where(run.steps().keySet().stream().map(RunSummary::stepLoss).toList());
  }

  /**
   * A twentieth of the run: scatter between rounds is larger than the differences between steps.
   */
  private static int width(RoundCurves.Places places) {
    return Math.max(1, places.rounds().length / 20);
  }

  private static String averaged(RunSummary run, RoundCurves.Places places) {
    int rounds = width(places) * run.curves().roundsOfPlace();
    return rounds == 1 ? "" : "running mean of " + rounds + " rounds";
  }

  private static List<Chart.Line> lines(
      RunSummary run, RoundCurves.Places places, IntFunction<String> curve) {
    List<Chart.Line> lines = new ArrayList<>();
    for (int step : run.steps().keySet()) {
      if (lines.size() < MOST_LINES) {
        double[] series = Chart.smoothed(places.values(curve.apply(step)), width(places));
        lines.add(new Chart.Line("step " + step, series, lines.size(), false));
      }
    }
    return lines;
  }

  /** Whether mining did what it is for, in a sentence. */
  static String verdict(SortedMap<Integer, StepMeans> steps) {
    StepMeans first = steps.get(steps.firstKey());
    StepMeans last = steps.get(steps.lastKey());
    double rise = last.loss() - first.loss();
    double share = first.stepLength() / first.noiseLength();
    if (steps.size() < 2 || !Double.isFinite(rise)) {
      return "";
    }
    if (!Double.isFinite(share)) {
      return "<p>Every step drew its style anew, without mining; the loss changes by %s from the first to the last step.</p>\n"
          .formatted(Html.change(rise));
    }
    String judged =
        rise > 0
            ? "Within an iteration the loss rises by %s (%s%%) from the first to the last mining step: later styles are harder."
                .formatted(Html.number(rise), Html.percent(rise / first.loss()))
            : "Within an iteration the loss does not rise (%s from the first to the last mining step): the update between two steps lowers it by more than the mined style raises it."
                .formatted(Html.change(rise));
    return "<p>%s A mining step moves the style by %s of the sampling noise’s length.</p>\n"
        .formatted(judged, Html.number(share));
  }

  static String table(SortedMap<Integer, StepMeans> steps) {
    StringBuilder rows = new StringBuilder();
    double before = Double.NaN;
    for (Map.Entry<Integer, StepMeans> entry : steps.entrySet()) {
      StepMeans step = entry.getValue();
      rows.append(
          "<tr><th scope=\"row\">step %d</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
              .formatted(
                  entry.getKey(),
                  Html.number(step.loss()),
                  Html.change(step.loss() - before),
                  Html.number(step.styleDistance()),
                  Html.number(step.noiseLength()),
                  Html.number(step.stepLength())));
      before = step.loss();
    }
    return """
    <table class="figures">
    <thead><tr><th scope="col">Mean over the run</th><th scope="col">Loss</th><th scope="col">Change</th>\
    <th scope="col">Style distance</th><th scope="col">Noise length</th><th scope="col">Step length</th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    """
        .formatted(rows);
  }

  /** One image through the mining steps, in the first and in the last round that kept it. */
  static String strips(RunFolder run) throws IOException {
    List<Integer> rounds = MiningStrip.rounds(run);
    StringBuilder body = new StringBuilder();
    if (run.fileSystem().exists(run.anchorPicture())) {
      Picture.photograph(
              run.fileSystem(), run.anchorPicture(), 640, "anchor image of the target domain")
          .ifPresent(
              picture ->
                  body.append(
                      "<figure class=\"anchor\">%s<figcaption>The target domain’s anchor image</figcaption></figure>\n"
                          .formatted(picture)));
    }
    for (int i = 0; i < rounds.size(); i++) {
      if (i == 0 || i == rounds.size() - 1) {
        strip(run, rounds.get(i)).ifPresent(body::append);
      }
    }
    return rounds.isEmpty()
        ? ""
        : Html.section("styles", "One image through its mining steps", body.toString());
  }

  private static Optional<String> strip(RunFolder run, int round) {
    String source = "";
    try {
      source = MiningStrip.read(run, round).source();
    } catch (IOException e) {
      LOG.warn("the strip of round {} is shown without its facts: {}", round, e.getMessage());
    }
    String name =
        source.isEmpty() ? "" : " · " + Html.escape(source.substring(source.lastIndexOf('/') + 1));
    return Picture.photograph(
            run.fileSystem(), run.strip(round), STRIP_WIDTH, "mining steps of round " + round)
        .map(
            picture ->
                "<figure class=\"strip\">%s<figcaption>Round %s%s</figcaption></figure>\n"
                    .formatted(picture, Html.count(round), name));
  }

  static String damaged(RunSummary run) {
    if (run.damagedCount() == 0) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    for (DamagedRecord sample : run.damaged()) {
      rows.append(
          "<tr><td>%s</td><td class=\"path\">%s</td><td>%s</td></tr>\n"
              .formatted(
                  Html.count(sample.round()),
                  Html.escape(sample.path()),
                  Html.escape(sample.reason())));
    }
    String table =
        rows.length() == 0
            ? ""
            : """
            <table class="listing">
            <thead><tr><th scope="col">Round</th><th scope="col">File</th><th scope="col">Reason</th></tr></thead>
            <tbody>
            %s</tbody>
            </table>
            """
                .formatted(rows);
    long more = run.damagedCount() - run.damaged().size();
    String rest =
        more > 0 && rows.length() > 0
            ? "<p class=\"note\">and %s more</p>\n".formatted(Html.count(more))
            : "";
    return Html.section(
        "damaged",
        "Damaged samples",
        "<p>%s could not be read and %s skipped.</p>\n"
                .formatted(
                    run.damagedCount() == 1
                        ? "One sample"
                        : Html.count(run.damagedCount()) + " samples",
                    run.damagedCount() == 1 ? "was" : "were")
            + table
            + rest);
  }
}
