package org.stylemining.inspection;

import java.util.List;
import java.util.stream.IntStream;
import org.stylemining.config.Size;
import org.stylemining.dataset.LabelSpace;

/**
 * What a check of a configuration's sets came to.
 *
 * @param configuration as it was named
 * @param seed that drew the samples, where not all were looked at
 * @param drawn samples of a set that were looked at; 0 for all of them
 * @param samples that were looked at, each once however many sets it is in
 * @param space classes of the labels
 * @param maxBadFraction share of damaged samples that a run puts up with
 * @param resize size that images are trained in
 * @param crop of those that is cut out of it
 * @param sets that were checked
 * @param tallies theirs, in the same order
 * @param anchors the first anchor images
 * @param anchorCount how many there are
 * @param unnamed keys of sets that the configuration leaves open
 * @param findings the gravest first
 * @param seconds that reading took
 */
public record CheckResult(
    String configuration,
    long seed,
    int drawn,
    int samples,
    LabelSpace space,
    double maxBadFraction,
    Size resize,
    Size crop,
    List<CheckedSet> sets,
    List<SetTally> tallies,
    List<String> anchors,
    int anchorCount,
    List<String> unnamed,
    List<Finding> findings,
    double seconds) {
  public CheckResult {
    sets = List.copyOf(sets);
    tallies = List.copyOf(tallies);
    anchors = List.copyOf(anchors);
    unnamed = List.copyOf(unnamed);
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong; warnings are no matter. */
  public boolean isFine() {
    return count(Severity.WRONG) == 0;
  }

  /** How many findings there are of a severity. */
  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /** Places of the labelled sets in which classes were found. */
  public List<Integer> withClasses() {
    return IntStream.range(0, sets.size())
        .filter(i -> sets.get(i).labelled() && tallies.get(i).scoredPixels() > 0)
        .boxed()
        .toList();
  }

  /** In a sentence. */
  public String verdict() {
    long wrong = count(Severity.WRONG);
    long warnings = count(Severity.WARNING);
    if (wrong > 0) {
      return "%s to put right, %s"
          .formatted(
              wrong == 1 ? "one thing" : wrong + " things", Phrases.counted(warnings, "warning"));
    }
    return warnings == 0 ? "fine" : "fine, with " + Phrases.counted(warnings, "warning");
  }
}
