package org.stylemining.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;

class AdaptiveInstanceNormTest {

  @Property(tries = 20)
  void theResultHasTheStylesMeanAndDeviation(
      @ForAll @IntRange(min = 1, max = 3) int batch,
      @ForAll @IntRange(min = 2, max = 9) int height,
      @ForAll @IntRange(min = 2, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 5) int channels,
      @ForAll long seed) {
    Random random = new Random(seed);
    Buffers buffers = new Buffers(DataType.DOUBLE);
    FeatureMap content =
        new FeatureMap(
            Nd4j.createFromArray(
                    random.doubles((long) batch * height * width * channels, -2, 5).toArray())
                .reshape('c', (long) batch * height * width, channels),
            batch,
            height,
            width);
    INDArray styles =
        Nd4j.createFromArray(random.doubles(2L * batch * channels, 0.5, 3).toArray())
            .reshape('c', batch, 2L * channels);
    FeatureMap styled = new AdaptiveInstanceNorm(content, buffers).apply(styles);
    INDArray found = StyleVectors.of(styled, buffers);
    for (int b = 0; b < batch; b++) {
      for (int i = 0; i < 2 * channels; i++) {
        assertThat(found.getDouble(b, i)).isCloseTo(styles.getDouble(b, i), offset(1e-3));
      }
    }
  }
}
