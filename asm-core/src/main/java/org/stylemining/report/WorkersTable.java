package org.stylemining.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of a run's workers: where each runs, and how far it lags behind the others. */
final class WorkersTable {
  /** Of more workers the slowest are shown. */
  static final int MOST_ROWS = 64;

  private static final double GIB = 1L << 30;

  private WorkersTable() {}

  /** Nothing where the run does not tell of its workers. */
  static String html(RunSummary run) {
    List<WorkerCourse> told =
        run.workers().values().stream().filter(worker -> worker.last() != null).toList();
    if (told.isEmpty()) {
      return "";
    }
    List<WorkerCourse> shown =
        told.stream()
            .sorted(
                Comparator.comparingDouble(
                    worker -> Double.isNaN(worker.recentLag()) ? 0 : -worker.recentLag()))
            .limit(MOST_ROWS)
            .sorted(Comparator.comparingInt(worker -> worker.last().worker()))
            .toList();
    int newest = run.totals().last().map(RoundRecord::round).orElse(0);
    StringBuilder rows = new StringBuilder();
    shown.forEach(worker -> rows.append(row(worker, newest, run.processes())));
    String rest =
        shown.size() < told.size()
            ? "<p class=\"note\">The %d slowest of %s workers.</p>\n"
                .formatted(shown.size(), Html.count(told.size()))
            : "";
    return """
    <table class="listing">
    <thead><tr><th scope="col">Worker</th><th scope="col">Executor</th><th scope="col">Last round</th>\
    <th scope="col" class="n">Took, s</th><th scope="col" class="n">Lag, s</th>\
    <th scope="col" class="n">Lag, %d rounds</th><th scope="col" class="n">Waited, %%</th>\
    <th scope="col" class="n">Memory, GiB</th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    %s<p class="note">Lag: by how much longer a worker took than the median of its round’s workers. Every round waits for its slowest. \
    Waited: the part of its time spent waiting for images.</p>
    """
        .formatted(WorkerCourse.RECENT, rows, rest);
  }

  private static String row(WorkerCourse course, int newest, Map<String, MemoryRecord> processes) {
    WorkerRecord last = course.last();
    String outcome = last.outcome().word();
    if (last.round() < newest) {
      outcome += ", in round " + Html.count(last.round());
    }
    MemoryRecord memory = last.executor() == null ? null : processes.get(last.executor());
    return """
    <tr><th scope="row">%d</th><td>%s on %s</td><td>%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td>\
    <td class="n">%s</td><td class="n">%s</td></tr>
    """
        .formatted(
            last.worker(),
            Html.escape(String.valueOf(last.executor())),
            Html.escape(String.valueOf(last.host())),
            Html.escape(outcome),
            seconds(last.seconds(), ""),
            seconds(course.lag(), "+"),
            seconds(course.recentLag(), "+"),
            Html.percent(last.waitSeconds() / last.seconds()),
            memory == null || memory.residentBytes() < 0
                ? "–"
                : String.format(Locale.ROOT, "%.1f", memory.residentBytes() / GIB));
  }

  private static String seconds(double value, String sign) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%" + sign + ".2f", value).replace('-', '−')
        : "–";
  }
}
