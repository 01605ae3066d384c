package org.stylemining.inspection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.stylemining.config.DataConfig;
import org.stylemining.config.Size;
import org.stylemining.dataset.LabelSpace;

/** What follows for a run from what its sets are like. */
public final class Judgement {
  private final DataConfig data;
  private final LabelSpace space;
  private final boolean all;
  private final List<Finding> findings = new ArrayList<>();

  private Judgement(DataConfig data, LabelSpace space, boolean all) {
    this.data = data;
    this.space = space;
    this.all = all;
  }

  /**
   * All findings.
   *
   * @param listing those of listing the sets
   * @param all whether all samples were looked at
   */
  public static List<Finding> of(
      DataConfig data,
      LabelSpace space,
      List<CheckedSet> sets,
      List<SetTally> tallies,
      Duplicates duplicates,
      List<Finding> listing,
      boolean all) {
    Judgement judgement = new Judgement(data, space, all);
    judgement.findings.addAll(listing);
    for (int i = 0; i < sets.size(); i++) {
      judgement.judge(sets.get(i), tallies.get(i));
    }
    judgement.findings.addAll(duplicates.findings(sets));
    judgement.judgeSizes(sets);
    judgement.findings.sort(Comparator.comparing(Finding::severity));
    return judgement.findings;
  }

  private void judge(CheckedSet set, SetTally tally) {
    damage(set, tally);
    if (tally.imageModes().size() > 1) {
      add(
          Severity.WARNING,
          "image-modes",
          set,
          odd(tally),
          "images of several kinds: " + Phrases.modes(tally.imageModes()),
          rarest(tally));
    }
    if (set.labelled() && tally.scoredPixels() > 0) {
      absent(set, tally);
    }
    for (Map.Entry<Fault, Examples> fault : tally.faults().entrySet()) {
      if (!fault.getKey().isDamage() && !fault.getKey().endsRun()) {
        add(
            Severity.WARNING,
            fault.getKey().code(),
            set,
            fault.getValue().count(),
            fault.getKey().counted(fault.getValue().count()) + consequence(set, fault.getKey()),
            fault.getValue().list());
      }
    }
  }

  private void damage(CheckedSet set, SetTally tally) {
    Examples anchors = tally.damagedAnchors();
    if (anchors.count() > 0) {
      add(
          Severity.WRONG,
          "damaged-anchor",
          set,
          anchors.count(),
          Phrases.counted(anchors.count(), "anchor image")
              + " that cannot be read: a run would not begin",
          anchors.list());
    }
    for (Map.Entry<Fault, Examples> fault : tally.faults().entrySet()) {
      long count = fault.getValue().count();
      if (fault.getKey().isDamage() || fault.getKey().endsRun()) {
        Outcome outcome = outcome(set, tally, fault.getKey());
        add(
            outcome.severity,
            fault.getKey().code(),
            set,
            count,
            fault.getKey().counted(count) + ": " + outcome.words,
            fault.getValue().list());
      }
    }
  }

  /** What a run would do. */
  private record Outcome(Severity severity, String words) {}

  private Outcome outcome(CheckedSet set, SetTally tally, Fault fault) {
    if (set.role() == SetRole.TARGET) {
      return new Outcome(Severity.WARNING, "of this set a run reads the anchors alone");
    }
    if (set.role() == SetRole.STYLES) {
      return new Outcome(Severity.WRONG, "pretrain would stop at the first that it draws");
    }
    if (fault.endsRun()) {
      return new Outcome(Severity.WRONG, "a run would fail");
    }
    double share = (double) tally.damaged() / tally.samples();
    boolean tooMany = share > data.maxBadFraction();
    return new Outcome(
        tooMany ? Severity.WRONG : Severity.WARNING,
        "%s (%d of %s %s damaged, %s; data.max-bad-fraction allows %s)"
            .formatted(
                tooMany ? "a run would stop" : "a run would leave such samples out",
                tally.damaged(),
                Phrases.counted(tally.samples(), "sample"),
                tally.damaged() == 1 ? "is" : "are",
                Phrases.percent(share),
                Phrases.percent(data.maxBadFraction())));
  }

  private void absent(CheckedSet set, SetTally tally) {
    List<String> absent =
        IntStream.range(0, space.count())
            .filter(k -> tally.classPixels(k) == 0)
            .mapToObj(space.classes()::get)
            .toList();
    if (!absent.isEmpty()) {
      add(
          Severity.WARNING,
          "absent-classes",
          set,
          absent.size(),
          "%s in %s: %s; %s"
              .formatted(
                  absent.size() == 1 ? "a class is" : absent.size() + " classes are",
                  all ? "none of the label files" : "none of the label files looked at",
                  String.join(", ", absent),
                  set.role() == SetRole.EVALUATION
                      ? "scores are without " + (absent.size() == 1 ? "it" : "them")
                      : "from this set a network cannot learn "
                          + (absent.size() == 1 ? "it" : "them")),
          List.of());
    }
  }

  private static String consequence(CheckedSet set, Fault fault) {
    return switch (fault) {
      case SMALLER_THAN_CROP -> " of " + Phrases.text(set.crop()) + ": enlarged, they stay blurred";
      case OTHER_ASPECT -> " to " + Phrases.text(set.resize());
      default -> "";
    };
  }

  /** Images that are not of the most common mode. */
  private static long odd(SetTally tally) {
    long all = tally.imageModes().values().stream().mapToLong(Examples::count).sum();
    return all - most(tally).getValue().count();
  }

  private static Map.Entry<String, Examples> most(SetTally tally) {
    return Collections.max(
        tally.imageModes().entrySet(), Comparator.comparingLong(mode -> mode.getValue().count()));
  }

  private static List<Examples.Example> rarest(SetTally tally) {
    String most = most(tally).getKey();
    return tally.imageModes().entrySet().stream()
        .filter(mode -> !mode.getKey().equals(most))
        .flatMap(
            mode ->
                mode.getValue().list().stream()
                    .map(file -> new Examples.Example(file.file(), mode.getKey())))
        .limit(Examples.MOST)
        .collect(Collectors.toList());
  }

  /** What the settings alone say of sizes. */
  private void judgeSizes(List<CheckedSet> sets) {
    Size resize = data.resize();
    Size crop = data.crop();
    double smallest = data.scale().min();
    if (sets.stream().anyMatch(set -> set.role() == SetRole.SOURCE)
        && (Math.round(resize.width() * smallest) < crop.width()
            || Math.round(resize.height() * smallest) < crop.height())) {
      findings.add(
          new Finding(
              Severity.WARNING,
              "crop-larger-than-resize",
              "data.crop",
              1,
              String.format(
                  Locale.ROOT,
                  "%s does not fit into data.resize %s scaled by data.scale.min %s: the rest is padded, and not learnt from",
                  Phrases.text(crop),
                  Phrases.text(resize),
                  smallest),
              List.of()));
    }
  }

  private void add(
      Severity severity,
      String code,
      CheckedSet set,
      long count,
      String message,
      List<Examples.Example> examples) {
    findings.add(new Finding(severity, code, set.key(), count, message, examples));
  }
}
