package org.stylemining.inspection;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often something was found, and the first of the places by name. However many places are
 * added, in whatever order and parts: the same ones are kept.
 */
public final class Examples implements Serializable {
  private static final long serialVersionUID = 1;

  /** Places that are kept. */
  public static final int MOST = 20;

  private final TreeMap<String, String> first = new TreeMap<>();
  private long count;

  /**
   * One place.
   *
   * @param file where something was found
   * @param detail what exactly; may be empty
   */
  public record Example(String file, String detail) {
    /** {@code file (detail)}. */
    @Override
    public String toString() {
      return detail.isEmpty() ? file : file + " (" + detail + ")";
    }
  }

  void add(String file, String detail) {
    count++;
    keep(file, detail);
  }

  void merge(Examples other) {
    count += other.count;
    other.first.forEach(this::keep);
  }

  private void keep(String file, String detail) {
    first.putIfAbsent(file, detail);
    if (first.size() > MOST) {
      first.pollLastEntry();
    }
  }

  /** How often it was found. */
  public long count() {
    return count;
  }

  /** The first places by name, at most {@link #MOST}. */
  public List<Example> list() {
    List<Example> examples = new ArrayList<>();
    for (Map.Entry<String, String> entry : first.entrySet()) {
      examples.add(new Example(entry.getKey(), entry.getValue()));
    }
    return examples;
  }
}
