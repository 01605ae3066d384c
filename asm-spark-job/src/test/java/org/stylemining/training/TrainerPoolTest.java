package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stylemining.adapt.TrainerFactory;
import org.stylemining.config.Device;
import org.stylemining.device.DeviceRequest;
import org.stylemining.device.WorkerDevice;

class TrainerPoolTest {
  private static final WorkerDevice DEVICE = new WorkerDevice("1", "here", 1, null);

  private final AtomicInteger made = new AtomicInteger();

  private WorkerKit kit(String run, int runsAtOnce) {
    TrainerFactory trainers =
        () -> {
          made.incrementAndGet();
          return new IdleTrainer(3, 0);
        };
    return new WorkerKit(
        run, runsAtOnce, trainers, new ToyImages(), new DeviceRequest(Device.AUTO, 1));
  }

  /** A round of a run. */
  private static Workplace round(WorkerKit kit) {
    Workplace workplace = TrainerPool.take(kit, DEVICE);
    TrainerPool.giveBack(kit, DEVICE, workplace);
    return workplace;
  }

  @AfterEach
  void empty() {
    for (String run : new String[] {"a", "b", "c"}) {
      TrainerPool.close(run);
    }
  }

  @Test
  void aRunKeepsItsTrainerFromRoundToRound() {
    assertThat(round(kit("a", 1))).isSameAs(round(kit("a", 1)));
    assertThat(made).hasValue(1);
  }

  @Test
  void theTrainerOfARunThatEndedMakesRoomForTheNextRuns() {
    round(kit("a", 1));
    round(kit("b", 1));
    round(kit("a", 1));
    assertThat(made).hasValue(3);
  }

  @Test
  void runsThatTrainBesideEachOtherKeepTheirTrainers() {
    for (int i = 0; i < 3; i++) {
      round(kit("a", 2));
      round(kit("b", 2));
    }
    assertThat(made).hasValue(2);

    round(kit("c", 2));
    round(kit("b", 2));
    assertThat(made).as("a has ended, b goes on").hasValue(3);
    round(kit("a", 2));
    assertThat(made).hasValue(4);
  }
}
