package org.stylemining.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.stylemining.data.Seeds;
import org.stylemining.dataset.Sample;
import org.stylemining.inspection.SampleToCheck;

/** The samples of all sets that are looked at, each once however many sets it is in. */
final class ChosenSamples {
  /** Separates this draw's seed from every other use of the run's seed. */
  private static final long DRAW = 0xC4EC;

  /** Samples of a set that are shown in the page. */
  private static final int SHOWN = 4;

  private final long seed;
  private final int drawn;
  private final Map<String, Chosen> byFiles = new LinkedHashMap<>();

  /** A sample, as far as is known. */
  private static final class Chosen {
    Sample sample;
    final TreeSet<Integer> sets = new TreeSet<>();
    boolean anchor;
    boolean shown;

    Chosen(Sample sample) {
      this.sample = sample;
    }
  }

  /**
   * @param drawn samples of a set that are chosen, by the seed; 0: all
   */
  ChosenSamples(long seed, int drawn) {
    this.seed = seed;
    this.drawn = drawn;
  }

  /**
   * Adds a set's.
   *
   * @param anchors images that are chosen in any case
   */
  void add(int set, List<Sample> samples, Set<String> anchors) {
    int[] places = places(set, samples.size());
    TreeSet<Integer> chosen = new TreeSet<>();
    Arrays.stream(places).forEach(chosen::add);
    for (int i = 0; i < samples.size(); i++) {
      if (anchors.contains(samples.get(i).image())) {
        chosen.add(i);
      }
    }
    int shown = 0;
    int seen = 0;
    for (int place : chosen) {
      Sample sample = samples.get(place);
      Chosen one = find(sample);
      one.sets.add(set);
      one.anchor |= anchors.contains(sample.image());
      // Of a set with anchors these; else some, spread evenly.
      boolean wanted =
          anchors.isEmpty()
              ? seen++ >= (long) shown * chosen.size() / SHOWN
              : anchors.contains(sample.image());
      if (wanted && shown < SHOWN) {
        one.shown = true;
        shown++;
      }
    }
  }

  private int[] places(int set, int samples) {
    if (drawn == 0 || drawn >= samples) {
      return IntStream.range(0, samples).toArray();
    }
    return IntStream.range(0, samples)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingLong(i -> Seeds.mix(seed, DRAW, set, i))
                .thenComparing(i -> i))
        .limit(drawn)
        .mapToInt(i -> i)
        .toArray();
  }

  private Chosen find(Sample sample) {
    String image = sample.source() + '\n' + sample.image();
    Chosen known = byFiles.computeIfAbsent(image, key -> new Chosen(sample));
    if (sample.label().isEmpty() || sample.label().equals(known.sample.label())) {
      return known;
    }
    if (known.sample.label().isEmpty()) {
      known.sample = sample;
      return known;
    }
    // The same image with labels of another file.
    return byFiles.computeIfAbsent(image + '\n' + sample.label().get(), key -> new Chosen(sample));
  }

  /** All of them. */
  List<SampleToCheck> list(Configuration hadoop) {
    Collection<Chosen> all = byFiles.values();
    List<String> files = new ArrayList<>();
    for (Chosen one : all) {
      files.add(one.sample.image());
      one.sample.label().ifPresent(files::add);
    }
    Map<String, Long> sizes = FileSizes.of(files, hadoop);
    List<SampleToCheck> samples = new ArrayList<>();
    for (Chosen one : all) {
      long bytes =
          sizes.getOrDefault(one.sample.image(), 0L)
              + one.sample.label().map(label -> sizes.getOrDefault(label, 0L)).orElse(0L);
      int[] sets = one.sets.stream().mapToInt(set -> set).toArray();
      samples.add(
          new SampleToCheck(one.sample, sets, samples.size(), one.anchor, one.shown, bytes));
    }
    return samples;
  }
}
