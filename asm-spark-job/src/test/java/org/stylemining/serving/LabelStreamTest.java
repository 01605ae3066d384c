package org.stylemining.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stylemining.image.UnreadableImage;

class LabelStreamTest {
  private static final LabelOptions FOUR =
      new LabelOptions(EnumSet.of(View.LABELS), LabelIds.TRAIN, 4);

  @Test
  void readsNoMoreThanABatchAhead() {
    AtomicInteger read = new AtomicInteger();
    Iterator<Integer> endless = IntStream.iterate(0, i -> i + 1).iterator();
    LabelStream<Integer> stream =
        new LabelStream<>(endless, i -> unreadable(read), FOUR, LabelStreamTest::noNetwork);

    for (int i = 0; i < 9; i++) {
      Labelled<Integer> image = stream.next();
      assertThat(image.of()).isEqualTo(i);
      assertThat(image.reason()).isEqualTo("lost");
    }

    assertThat(read.get()).isEqualTo(12);
  }

  @Test
  void readsNoFurtherWhereFilesAreLarge() {
    AtomicInteger read = new AtomicInteger();
    byte[] large = new byte[20 << 20];
    LabelStream<Integer> stream =
        new LabelStream<>(
            List.of(1, 2, 3, 4).iterator(),
            i -> {
              read.incrementAndGet();
              return large;
            },
            FOUR,
            LabelStreamTest::noNetwork);

    assertThat(stream.next().reason()).startsWith("not a PNG or JPEG");

    assertThat(read.get()).isEqualTo(2);
  }

  @Test
  void aStreamThatIsClosedDoesNotLookAsIfItWereAtItsEnd() {
    LabelStream<Integer> stream =
        new LabelStream<>(
            List.of(1, 2).iterator(),
            i -> unreadable(new AtomicInteger()),
            FOUR,
            LabelStreamTest::noNetwork);
    stream.next();
    stream.close();

    assertThatThrownBy(stream::hasNext).isInstanceOf(IllegalStateException.class);
  }

  private static byte[] unreadable(AtomicInteger read) throws UnreadableImage {
    read.incrementAndGet();
    throw new UnreadableImage("lost");
  }

  private static ServedModel noNetwork() {
    throw new AssertionError("there is no image for a network");
  }
}
