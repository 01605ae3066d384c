package org.stylemining.inspection;

import java.util.List;

/**
 * Something that a person should know of, or put right.
 *
 * @param severity what it means for a run
 * @param code of its kind, such as {@code unknown-values}
 * @param set key of the set, or of the two sets, that it concerns; the key of a setting
 * @param count how many samples, files or groups of files it concerns
 * @param message in a sentence, without the set's name
 * @param examples the first files by name
 */
public record Finding(
    Severity severity,
    String code,
    String set,
    long count,
    String message,
    List<Examples.Example> examples) {
  public Finding {
    examples = List.copyOf(examples);
  }
}
