package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.stylemining.config.SyncConfig;

class RoundClockTest {
  private final RoundClock clock = new RoundClock();

  @Test
  void aDeadlineThatIsSetHoldsFromTheFirstRoundOn() {
    assertThat(clock.deadline(new SyncConfig(5, 10, 1, 0, 1), 4)).isEqualTo(5);
  }

  @Test
  void aDeadlineFromTheRoundsBeforeNeedsSomeAndIsNeverShorterThanTenMinutes() {
    SyncConfig automatic = new SyncConfig(0, 10, 1, 0, 1);
    for (int round = 1; round <= 3; round++) {
      assertThat(clock.deadline(automatic, 4)).isInfinite();
      clock.start();
      clock.stop(4);
    }

    assertThat(clock.deadline(automatic, 4)).isEqualTo(600);
    assertThat(clock.deadline(new SyncConfig(0, 1e15, 1, 0, 1), 4)).isGreaterThan(600);
    assertThat(clock.deadline(new SyncConfig(0, 0, 1, 0, 1), 4)).isInfinite();
  }

  @Test
  void whatIsLeftAndDeadlinesGoByUpdatesWhereRoundsAreOfDifferentLengths() {
    clock.start();
    double seconds = clock.stop(1);
    assertThat(clock.left(8)).isCloseTo(8 * seconds, within(1e-9));
    clock.start();
    clock.stop(1);
    clock.start();
    clock.stop(1);
    SyncConfig automatic = new SyncConfig(0, 1e15, 1, 0, 1);

    assertThat(clock.deadline(automatic, 100))
        .isCloseTo(100 * clock.deadline(automatic, 1), withinPercentage(0.001));
  }
}
