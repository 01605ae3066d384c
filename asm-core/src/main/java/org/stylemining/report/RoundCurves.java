package org.stylemining.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Curves over the sync rounds of a run, in memory that does not grow with the run: of a long one
 * neighbouring rounds share a place, at which a curve tells their mean or their largest value.
 */
final class RoundCurves {
  private final int most;
  private final int[] first;
  private final int[] last;
  private final Map<String, Curve> curves = new HashMap<>();
  private int roundsOfPlace = 1;

  /**
   * @param most places; even
   */
  RoundCurves(int most) {
    if (most < 2 || most % 2 != 0) {
      throw new IllegalArgumentException("expected an even number of places, found " + most);
    }
    this.most = most;
    this.first = new int[most];
    this.last = new int[most];
  }

  private record Curve(boolean largest, double[] values, int[] counts) {
    void add(int place, double value, int count) {
      if (count == 0) {
        return;
      }
      if (!largest) {
        values[place] += value;
      } else {
        values[place] = counts[place] == 0 ? value : Math.max(values[place], value);
      }
      counts[place] += count;
    }

    double at(int place) {
      return counts[place] == 0
          ? Double.NaN
          : largest ? values[place] : values[place] / counts[place];
    }
  }

  /** Takes a value into a curve's mean; one that is not finite does not count. */
  void mean(String curve, int round, double value) {
    add(curve, false, round, value);
  }

  /** Takes a value into a curve of largest values; one that is not finite does not count. */
  void largest(String curve, int round, double value) {
    add(curve, true, round, value);
  }

  private void add(String name, boolean largest, int round, double value) {
    if (round < 1 || !Double.isFinite(value)) {
      return;
    }
    while ((round - 1) / roundsOfPlace >= most) {
      widen();
    }
    int place = (round - 1) / roundsOfPlace;
    first[place] = first[place] == 0 ? round : Math.min(first[place], round);
    last[place] = Math.max(last[place], round);
    curves
        .computeIfAbsent(name, unused -> new Curve(largest, new double[most], new int[most]))
        .add(place, value, 1);
  }

  /** Two places become one. */
  private void widen() {
    for (int place = 0; place < most / 2; place++) {
      int left = 2 * place;
      first[place] = first[left] == 0 ? first[left + 1] : first[left];
      last[place] = Math.max(last[left], last[left + 1]);
    }
    Arrays.fill(first, most / 2, most, 0);
    Arrays.fill(last, most / 2, most, 0);
    for (Map.Entry<String, Curve> entry : curves.entrySet()) {
      Curve old = entry.getValue();
      Curve wide = new Curve(old.largest, new double[most], new int[most]);
      for (int place = 0; place < most; place++) {
        wide.add(place / 2, old.values[place], old.counts[place]);
      }
      entry.setValue(wide);
    }
    roundsOfPlace *= 2;
  }

  /** Rounds that share a place; 1 while each has its own. */
  int roundsOfPlace() {
    return roundsOfPlace;
  }

  /** Names of the curves so far. */
  Set<String> names() {
    return curves.keySet();
  }

  /** The places at which one of some curves has a value, ascending. */
  Places where(Collection<String> names) {
    return new Places(
        IntStream.range(0, most)
            .filter(place -> names.stream().anyMatch(name -> !Double.isNaN(value(name, place))))
            .toArray());
  }

  private double value(String name, int place) {
    Curve curve = curves.get(name);
    return curve == null ? Double.NaN : curve.at(place);
  }

  /** Some of the places. */
  final class Places {
    private final int[] places;

    private Places(int[] places) {
      this.places = places;
    }

    boolean isEmpty() {
      return places.length == 0;
    }

    /** The middle of each place's rounds. */
    double[] rounds() {
      return IntStream.of(places)
          .mapToDouble(place -> (first[place] + last[place]) / 2.0)
          .toArray();
    }

    /** A curve's values; NaN where it has none. */
    double[] values(String curve) {
      return IntStream.of(places).mapToDouble(place -> value(curve, place)).toArray();
    }
  }
}
