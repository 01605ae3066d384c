package org.stylemining.inspection;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Files of the same contents: how many in each set, and the first by name. Mergeable; bounded. */
public final class Copies implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int MOST = 3;

  private final boolean label;
  private final TreeMap<Integer, Long> counts = new TreeMap<>();
  private final TreeMap<Integer, TreeSet<String>> first = new TreeMap<>();
  private final TreeSet<String> anchors = new TreeSet<>();

  private Copies(boolean label) {
    this.label = label;
  }

  /** One file. */
  public static Copies of(FileDigest file) {
    Copies copies = new Copies(file.label());
    for (int set : file.sets()) {
      copies.counts.put(set, 1L);
      copies.first.computeIfAbsent(set, s -> new TreeSet<>()).add(file.file());
    }
    if (file.anchor()) {
      copies.anchors.add(file.file());
    }
    return copies;
  }

  /** Adds more of the same contents. */
  public Copies merge(Copies other) {
    other.counts.forEach((set, count) -> counts.merge(set, count, Long::sum));
    other.first.forEach(
        (set, files) -> keep(first.computeIfAbsent(set, s -> new TreeSet<>()), files));
    keep(anchors, other.anchors);
    return this;
  }

  private static void keep(TreeSet<String> all, TreeSet<String> more) {
    all.addAll(more);
    while (all.size() > MOST) {
      all.pollLast();
    }
  }

  /** Whether there is more than one file, or one that is in several sets. */
  public boolean several() {
    return counts.size() > 1 || counts.values().stream().anyMatch(count -> count > 1);
  }

  boolean isLabel() {
    return label;
  }

  List<Integer> sets() {
    return new ArrayList<>(counts.keySet());
  }

  long count(int set) {
    return counts.get(set);
  }

  TreeSet<String> first(int set) {
    return first.get(set);
  }

  TreeSet<String> anchors() {
    return anchors;
  }
}
