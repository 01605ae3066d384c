package org.stylemining.check;

import java.util.List;
import org.stylemining.inspection.CheckedSet;
import org.stylemining.inspection.Finding;
import org.stylemining.inspection.SampleToCheck;

/**
 * What is to be looked at.
 *
 * @param sets all sets that the configuration names
 * @param samples of them, each once
 * @param anchors the anchor images
 * @param unnamed keys of sets that the configuration leaves open
 * @param findings of listing the sets
 */
public record CheckPlan(
    List<CheckedSet> sets,
    List<SampleToCheck> samples,
    List<String> anchors,
    List<String> unnamed,
    List<Finding> findings) {
  public CheckPlan {
    sets = List.copyOf(sets);
    samples = List.copyOf(samples);
    anchors = List.copyOf(anchors);
    unnamed = List.copyOf(unnamed);
    findings = List.copyOf(findings);
  }
}
