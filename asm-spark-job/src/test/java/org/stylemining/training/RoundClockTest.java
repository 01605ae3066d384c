package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stylemining.config.SyncConfig;

class RoundClockTest {
  private final RoundClock clock = new RoundClock();

  @Test
  void aDeadlineThatIsSetHoldsFromTheFirstRoundOn() {
    assertThat(clock.deadline(new SyncConfig(5, 10, 1, 0, 1))).isEqualTo(5);
  }

  @Test
  void aDeadlineFromTheRoundsBeforeNeedsSomeAndIsNeverShorterThanTenMinutes() {
    SyncConfig automatic = new SyncConfig(0, 10, 1, 0, 1);
    for (int round = 1; round <= 3; round++) {
      assertThat(clock.deadline(automatic)).isInfinite();
      clock.start();
      clock.stop();
    }

    assertThat(clock.deadline(automatic)).isEqualTo(600);
    assertThat(clock.deadline(new SyncConfig(0, 1e15, 1, 0, 1))).isGreaterThan(600);
    assertThat(clock.deadline(new SyncConfig(0, 0, 1, 0, 1))).isInfinite();
  }
}
