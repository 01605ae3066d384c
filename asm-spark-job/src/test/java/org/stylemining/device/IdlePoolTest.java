package org.stylemining.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdlePoolTest {
  private static final WorkerDevice FIRST_GPU = new WorkerDevice("1", "here", 1, "0");
  private static final WorkerDevice SECOND_GPU = new WorkerDevice("1", "here", 1, "1");

  private final List<String> ended = new ArrayList<>();
  private final IdlePool<String> pool = new IdlePool<>(ended::add);

  @Test
  void oneServesItsOwnerOnItsDeviceAndNobodyTwiceAtOnce() {
    pool.giveBack("run", FIRST_GPU, "trainer");

    assertThat(pool.take("run", SECOND_GPU)).isEmpty();
    assertThat(pool.take("another run", FIRST_GPU)).isEmpty();
    assertThat(pool.take("run", FIRST_GPU)).contains("trainer");
    assertThat(pool.take("run", FIRST_GPU)).isEmpty();
  }

  @Test
  void idleOnesOfOwnersThatEndedAreFreedOnAllDevices() {
    pool.giveBack("run", FIRST_GPU, "first");
    pool.giveBack("run", SECOND_GPU, "second");
    pool.giveBack("another run", FIRST_GPU, "third");

    pool.close("run"::equals);

    assertThat(ended).containsExactlyInAnyOrder("first", "second");
    assertThat(pool.take("run", FIRST_GPU)).isEmpty();
    assertThat(pool.take("another run", FIRST_GPU)).contains("third");
  }
}
