package org.stylemining.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
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

  private static final int STRIP_WIDTH = 2400;

  private static final double GIB = 1L << 30;

  private TrainingSections() {}

  static String loss(RunSummary run) {
    Map<Integer, Double> losses = run.losses();
    if (losses.isEmpty()) {
      return "";
    }
    double[] rounds = losses.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
    double[] values = losses.values().stream().mapToDouble(Double::doubleValue).toArray();
    Chart chart =
        new Chart(
            "Loss",
            "mean of each sync round",
            "loss",
            rounds,
            List.of(new Chart.Line("loss", values, 0, false)));
    String charts =
        run.drift().isEmpty()
            ? chart.html()
            : "<div class=\"pair\">\n" + chart.html() + drift(run).html() + "</div>\n";
    return Html.section("training", "Training", charts + time(run));
  }

  private static Chart drift(RunSummary run) {
    double[] rounds = run.drift().keySet().stream().mapToDouble(Integer::doubleValue).toArray();
    return new Chart(
        "Distance of the workers from their mean",
        "at the end of each sync round, relative to what the round moved the mean by",
        "‖θ − mean‖ / ‖mean − start‖",
        rounds,
        List.of(
            new Chart.Line("mean of the workers", drift(run, DriftOfWorkers::mean), 1, false),
            new Chart.Line("farthest worker", drift(run, DriftOfWorkers::largest), 2, true)));
  }

  private static double[] drift(RunSummary run, ToDoubleFunction<DriftOfWorkers> value) {
    return run.drift().values().stream().mapToDouble(value).toArray();
  }

  private static String time(RunSummary run) {
    double all = run.total(RoundRecord::seconds);
    if (all <= 0) {
      return "";
    }
    double training = run.total(RoundRecord::trainSeconds) / all;
    double averaging = run.total(RoundRecord::syncSeconds) / all;
    String waiting =
        Double.isNaN(run.waitShare())
            ? ""
            : " Workers spent %s%% of their time waiting for images."
                .formatted(Html.percent(run.waitShare()));
    return "<p class=\"note\">%s in %s rounds: %s%% training, %s%% sending and averaging parameters, %s%% other.%s</p>\n"
        .formatted(
            ProgressLine.duration(all),
            Html.count(run.rounds().size()),
            Html.percent(training),
            Html.percent(averaging),
            Html.percent(Math.max(0, 1 - training - averaging)),
            waiting + slowest(run));
  }

  /** Every round waits for its slowest worker. */
  private static String slowest(RunSummary run) {
    if (run.workers().size() < 2) {
      return "";
    }
    Map.Entry<Integer, RunSummary.SecondsOfWorker> slowest =
        Collections.max(
            run.workers().entrySet(),
            Comparator.comparingDouble(worker -> worker.getValue().mean()));
    double all =
        run.workers().values().stream()
            .mapToDouble(RunSummary.SecondsOfWorker::mean)
            .average()
            .orElseThrow();
    return " The slowest worker was %d, on %s: %s s a round, where all took %s s on average."
        .formatted(
            slowest.getKey(),
            Html.escape(slowest.getValue().host()),
            Html.number(slowest.getValue().mean()),
            Html.number(all));
  }

  /** What went wrong and the run got over. */
  static String faults(RunSummary run) {
    if (run.faultCount() == 0) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    for (RunSummary.Fault fault : run.faults()) {
      rows.append(
          "<tr><td>%s</td><td>%s</td></tr>\n"
              .formatted(Html.count(fault.round()), Html.escape(fault.what())));
    }
    long more = run.faultCount() - run.faults().size();
    return Html.section(
        "faults",
        "Faults",
        """
        <table class="listing">
        <thead><tr><th scope="col">Round</th><th scope="col">What happened</th></tr></thead>
        <tbody>
        %s</tbody>
        </table>
        """
                .formatted(rows)
            + (more > 0 ? "<p class=\"note\">and %s more</p>\n".formatted(Html.count(more)) : ""));
  }

  /** Memory of the largest executor and of the driver. */
  static String memory(RunSummary run) {
    SortedMap<Integer, LargestMemory> memory = run.memory();
    if (memory.isEmpty()) {
      return "";
    }
    boolean local = memory.values().stream().allMatch(LargestMemory::local);
    double[] rounds = memory.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
    List<Chart.Line> lines = new ArrayList<>();
    lines.add(memoryLine("whole process", memory, LargestMemory::resident, 0, false));
    lines.add(memoryLine("arrays off the heap", memory, LargestMemory::arrays, 1, false));
    lines.add(memoryLine("Java heap in use", memory, LargestMemory::heap, 2, false));
    if (!local) {
      lines.add(memoryLine("driver, whole process", memory, LargestMemory::driver, 5, true));
    }
    Chart chart =
        new Chart(
            "Memory",
            local ? "driver and workers in one process" : "the largest executor",
            "GiB",
            rounds,
            lines);
    return Html.section("memory", "Memory", chart.html());
  }

  private static Chart.Line memoryLine(
      String label,
      SortedMap<Integer, LargestMemory> memory,
      ToDoubleFunction<LargestMemory> bytes,
      int colour,
      boolean dashed) {
    double[] gib = memory.values().stream().mapToDouble(bytes).map(b -> b / GIB).toArray();
    return new Chart.Line(label, gib, colour, dashed);
  }

  static String mining(RunSummary run) {
    if (!run.mines()) {
      return "";
    }
    double[] rounds = run.stepRounds();
    // A twentieth of the run: scatter between rounds is larger than the differences between steps.
    int width = Math.max(1, rounds.length / 20);
    String averaged = width == 1 ? "" : "running mean of " + width + " rounds";
    Chart losses =
        new Chart(
            "Loss by mining step", averaged, "loss", rounds, lines(run, StepMeans::loss, width));
    List<Chart.Line> distances = lines(run, StepMeans::styleDistance, width);
    int first = run.steps().firstKey();
    distances.add(
        new Chart.Line(
            "sampling noise ‖n·ξ‖",
            Chart.smoothed(run.series(first, StepMeans::noiseLength), width),
            5,
            true));
    Chart distance =
        new Chart("Distance of the style from the anchor", averaged, "‖ε − ψ‖", rounds, distances);
    return Html.section(
        "mining",
        "Style mining",
        verdict(run.steps())
            + "<div class=\"pair\">\n"
            + losses.html()
            + distance.html()
            + "</div>\n"
            + table(run.steps()));
  }

  private static List<Chart.Line> lines(
      RunSummary run, ToDoubleFunction<StepMeans> value, int width) {
    List<Chart.Line> lines = new ArrayList<>();
    for (int step : run.steps().keySet()) {
      if (lines.size() < MOST_LINES) {
        double[] series = Chart.smoothed(run.series(step, value), width);
        lines.add(new Chart.Line("step " + step, series, lines.size(), false));
      }
    }
    return lines;
  }

  /** Whether mining did what it is for, in a sentence. */
  private static String verdict(SortedMap<Integer, StepMeans> steps) {
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

  private static String table(SortedMap<Integer, StepMeans> steps) {
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
