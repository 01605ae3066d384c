package org.stylemining.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RoundCurvesTest {

  @Test
  void aShortRunKeepsEveryRound() {
    RoundCurves curves = new RoundCurves(8);
    curves.mean("loss", 1, 2);
    curves.mean("loss", 1, 4);
    curves.mean("loss", 3, 1);
    curves.mean("loss", 4, Double.NaN);
    curves.largest("memory", 2, 5);
    curves.largest("memory", 2, 3);

    RoundCurves.Places places = curves.where(List.of("loss", "memory", "unknown"));
    assertThat(places.rounds()).containsExactly(1, 2, 3);
    assertThat(places.values("loss")).containsExactly(3, Double.NaN, 1);
    assertThat(places.values("memory")).containsExactly(Double.NaN, 5, Double.NaN);
    assertThat(curves.where(List.of("loss")).rounds()).containsExactly(1, 3);
    assertThat(curves.where(List.of("unknown")).isEmpty()).isTrue();
  }

  @Test
  void linesOfARoundMayComeAfterThoseOfALaterOne() {
    RoundCurves curves = new RoundCurves(2);
    curves.mean("loss", 9, 4);
    curves.mean("loss", 1, 1);
    curves.mean("loss", 2, 3);

    RoundCurves.Places places = curves.where(List.of("loss"));
    assertThat(places.rounds()).containsExactly(1.5, 9);
    assertThat(places.values("loss")).containsExactly(2, 4);
  }

  @Property(tries = 60)
  void aLongRunIsKeptInSoManyPlacesWithItsMeanAndItsPeak(
      @ForAll @IntRange(min = 1, max = 5000) int rounds) {
    RoundCurves curves = new RoundCurves(16);
    double sum = 0;
    for (int round = 1; round <= rounds; round++) {
      double value = Math.sin(round) + (round == rounds / 2 ? 100 : 0);
      curves.mean("loss", round, round);
      curves.largest("memory", round, value);
      sum += round;
    }

    RoundCurves.Places places = curves.where(List.of("loss"));
    int width = curves.roundsOfPlace();
    assertThat(places.rounds()).hasSizeBetween(Math.min(rounds, 8), 16).isSorted();
    assertThat(places.rounds()).isEqualTo(places.values("loss"));
    double whole = 0;
    double[] means = places.values("loss");
    for (int i = 0; i < means.length; i++) {
      whole += means[i] * Math.min(width, rounds - i * width);
    }
    assertThat(whole).isCloseTo(sum, within(1e-6 * sum));
    if (rounds > 1) {
      assertThat(DoubleStream.of(places.values("memory")).max().orElseThrow()).isGreaterThan(90);
    }
  }
}
