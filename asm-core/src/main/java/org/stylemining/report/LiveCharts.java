package org.stylemining.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The charts of the live page by their place in it; those without data are left out. */
final class LiveCharts {
  private LiveCharts() {}

  static Map<String, Chart> of(RunSummary run) {
    Map<String, Chart> charts = new LinkedHashMap<>();
    TrainingSections.lossChart(run).ifPresent(chart -> charts.put("loss", chart));
    speed(run).ifPresent(chart -> charts.put("speed", chart));
    if (run.mines()) {
      charts.put("steps", TrainingSections.stepLossChart(run));
      charts.put("distance", TrainingSections.distanceChart(run));
    }
    workers(run).ifPresent(chart -> charts.put("workers", chart));
    TrainingSections.driftChart(run).ifPresent(chart -> charts.put("drift", chart));
    TrainingSections.memoryChart(run).ifPresent(chart -> charts.put("memory", chart));
    return charts;
  }

  private static Optional<Chart> speed(RunSummary run) {
    RoundCurves.Places places = run.curves().where(List.of(RunSummary.IMAGES_PER_SECOND));
    return Chart.over(
        places,
        "Images",
        "source images of all workers",
        "images/s",
        List.of(new Chart.Line("images/s", places.values(RunSummary.IMAGES_PER_SECOND), 2, false)));
  }

  private static Optional<Chart> workers(RunSummary run) {
    RoundCurves.Places places = run.curves().where(List.of(RunSummary.SLOWEST_SECONDS));
    return Chart.over(
        places,
        "Time of a round",
        "the workers’ own, and with sending and averaging",
        "seconds",
        List.of(
            new Chart.Line("median worker", places.values(RunSummary.MEDIAN_SECONDS), 0, false),
            new Chart.Line("slowest worker", places.values(RunSummary.SLOWEST_SECONDS), 1, false),
            new Chart.Line("whole round", places.values(RunSummary.ROUND_SECONDS), 5, true)));
  }
}
