package org.stylemining.config;

import java.io.Serializable;
import java.util.Optional;

/**
 * One labelled source set: an entry of {@code data.sources}.
 *
 * @param type which data set's layout and labels
 * @param root folder of the set; empty where the file names none or its environment variable is not
 *     set, which {@link AsmConfig#requireSources} reports
 * @param split a part of the set; all of it where empty
 * @param weight share of training samples, relative to the other sets'
 * @param limit images that are drawn from the set with the run's seed; 0: all of them
 */
public record SourceSet(
    String type,
    String root,
    Optional<String> split,
    @Within("(0, inf)") double weight,
    @Within("[0, inf)") int limit)
    implements Serializable {
  private Object writeReplace() {
    return new SerializedRecord(this);
  }
}
