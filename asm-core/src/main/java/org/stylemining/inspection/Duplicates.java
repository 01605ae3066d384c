package org.stylemining.inspection;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;

/** What groups of equal files mean for the sets. Mergeable; its size does not grow with them. */
public final class Duplicates implements Serializable {
  private static final long serialVersionUID = 1;

  /** In what way files are too often there, the gravest first. */
  enum Kind {
    ANCHOR_IN_SOURCES(
        "anchor image is among this source's too: its style is no new one",
        "anchor images are among this source's too: their styles are no new ones"),
    EVALUATED_IN_SOURCES(
        "image that is scored is among the source's, which is trained on",
        "images that are scored are among the source's, which are trained on"),
    ANCHOR_IN_EVALUATION(
        "anchor image is scored, as a copy under another name",
        "anchor images are scored, as copies under other names"),
    IMAGES_IN_SET("image is there more than once", "images are there more than once"),
    LABELS_IN_SET("label file is there more than once", "label files are there more than once"),
    IMAGES_ACROSS("image is in both sets", "images are in both sets"),
    LABELS_ACROSS("label file is in both sets", "label files are in both sets");

    private final String one;
    private final String several;

    Kind(String one, String several) {
      this.one = one;
      this.several = several;
    }
  }

  private record Place(Kind kind, int set, int other) implements Serializable, Comparable<Place> {
    @Override
    public int compareTo(Place place) {
      int order = kind.compareTo(place.kind);
      order = order != 0 ? order : Integer.compare(set, place.set);
      return order != 0 ? order : Integer.compare(other, place.other);
    }
  }

  private final TreeMap<Place, Examples> groups = new TreeMap<>();

  /** What one group means. */
  public Duplicates add(Copies copies, List<CheckedSet> sets) {
    List<Integer> in = copies.sets();
    for (int i = 0; i < in.size(); i++) {
      int set = in.get(i);
      if (copies.count(set) > 1) {
        Kind kind = copies.isLabel() ? Kind.LABELS_IN_SET : Kind.IMAGES_IN_SET;
        add(kind, set, set, copies.first(set).first(), others(copies, set));
      }
      for (int other : in.subList(i + 1, in.size())) {
        across(copies, sets, set, other);
      }
    }
    return this;
  }

  private void across(Copies copies, List<CheckedSet> sets, int set, int other) {
    SetRole role = sets.get(set).role();
    SetRole otherRole = sets.get(other).role();
    String file = copies.first(set).first();
    String copy = copies.first(other).first();
    if (role == SetRole.TARGET && otherRole == SetRole.EVALUATION) {
      // The two are mostly the same files, of which the anchors are not scored.
      TreeSet<String> scored = new TreeSet<>(copies.first(other));
      scored.removeAll(copies.anchors());
      if (!copies.anchors().isEmpty() && !scored.isEmpty()) {
        add(Kind.ANCHOR_IN_EVALUATION, set, other, copies.anchors().first(), scored.first());
      }
      return;
    }
    Kind kind = copies.isLabel() ? Kind.LABELS_ACROSS : Kind.IMAGES_ACROSS;
    if (!copies.isLabel() && role == SetRole.SOURCE) {
      if (otherRole == SetRole.TARGET && !copies.anchors().isEmpty()) {
        add(Kind.ANCHOR_IN_SOURCES, set, other, copies.anchors().first(), file);
        return;
      }
      kind = otherRole == SetRole.EVALUATION ? Kind.EVALUATED_IN_SOURCES : kind;
    }
    boolean scored = kind == Kind.EVALUATED_IN_SOURCES;
    add(kind, set, other, scored ? copy : file, scored ? file : copy);
  }

  private static String others(Copies copies, int set) {
    List<String> names = new ArrayList<>(copies.first(set));
    names.remove(0);
    long more = copies.count(set) - copies.first(set).size();
    return String.join(", ", names) + (more > 0 ? ", ... (" + copies.count(set) + " in all)" : "");
  }

  private void add(Kind kind, int set, int other, String file, String same) {
    groups
        .computeIfAbsent(new Place(kind, set, other), place -> new Examples())
        .add(file, file.equals(same) ? "the same file" : "the same as " + same);
  }

  /** Adds what other groups mean. */
  public Duplicates merge(Duplicates other) {
    other.groups.forEach(
        (place, files) -> groups.computeIfAbsent(place, p -> new Examples()).merge(files));
    return this;
  }

  /** All of them as findings, the gravest first. */
  List<Finding> findings(List<CheckedSet> sets) {
    List<Finding> findings = new ArrayList<>();
    groups.forEach(
        (place, files) -> {
          String key = sets.get(place.set).key();
          String other = sets.get(place.other).key();
          findings.add(
              new Finding(
                  Severity.WARNING,
                  place.kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                  place.set == place.other ? key : key + ", " + other,
                  files.count(),
                  files.count() + " " + (files.count() == 1 ? place.kind.one : place.kind.several),
                  files.list()));
        });
    return findings;
  }
}
