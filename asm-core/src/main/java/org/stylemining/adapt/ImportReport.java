package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.stylemining.weights.NamedTensor;

/**
 * What an import made of the files it was given.
 *
 * @param network what they turned out to be
 * @param tensors number of tensors that were taken
 * @param values number of values in them
 * @param leftOut what the files have besides, with the reason
 * @param fresh what they do not have and was made new, and how
 */
public record ImportReport(
    String network, int tensors, long values, List<String> leftOut, List<String> fresh) {
  private static final double MILLION = 1e6;

  public ImportReport {
    leftOut = List.copyOf(leftOut);
    fresh = List.copyOf(fresh);
  }

  static ImportReport of(
      String network, Collection<NamedTensor> taken, List<String> leftOut, List<String> fresh) {
    long values = taken.stream().mapToLong(t -> t.data().length).sum();
    return new ImportReport(network, taken.size(), values, leftOut, fresh);
  }

  /** For people, a line each. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("found     " + network);
    lines.add(
        String.format(
            Locale.ROOT, "taken     %d tensors, %.2f million values", tensors, values / MILLION));
    leftOut.forEach(what -> lines.add("left out  " + what));
    fresh.forEach(what -> lines.add("fresh     " + what));
    return lines;
  }
}
