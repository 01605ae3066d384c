package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.config.BatchRule;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.mining.Noise;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;

class RecolouringTest {
  private static final int SIZE = 24;
  private static final RgbImage DUSK = noisy(1, 60, 50, 90, 12);

  @Test
  void anImageTakesTheAnchorsMeanAndDeviationOfEachChannel() {
    ColourStatistics dusk = ColourStatistics.of(DUSK);
    assertThat(dusk.mean()[2]).isCloseTo(90 / 255.0, offset(0.01));

    ColourStatistics recoloured = of(recoloured(0, noisy(2, 140, 150, 120, 30)).get(0));

    for (int c = 0; c < 3; c++) {
      assertThat(recoloured.mean()[c]).isCloseTo(dusk.mean()[c], offset(1e-5));
      assertThat(recoloured.deviation()[c]).isCloseTo(dusk.deviation()[c], offset(1e-5));
    }
  }

  @Test
  void whatWouldLeaveTheRangeIsClippedAndAFlatImageBecomesTheAnchorsMean() {
    byte[] spots = new byte[3 * SIZE * SIZE];
    spots[0] = spots[1] = spots[2] = (byte) 255;
    for (float v : recoloured(0, new RgbImage(SIZE, SIZE, spots)).get(0)) {
      assertThat(v).isBetween(0f, 1f);
    }
    RgbImage flat = RgbImage.filled(SIZE, SIZE, new int[] {10, 20, 30});
    float[] values = recoloured(0, flat).get(0);
    assertThat((double) values[0]).isCloseTo(ColourStatistics.of(DUSK).mean()[0], offset(1e-5));
  }

  @Test
  void jitterScalesTheStatisticsWithinItsRangeAndBelongsToThePosition() {
    RgbImage day = noisy(2, 140, 150, 120, 30);
    double anchor = ColourStatistics.of(DUSK).mean()[0];
    List<float[]> many = recoloured(0.1, day, day, day, day, day, day);
    double least = 1;
    double most = 0;
    for (float[] values : many) {
      double mean = of(values).mean()[0];
      least = Math.min(least, mean);
      most = Math.max(most, mean);
    }
    assertThat(least).isGreaterThanOrEqualTo(0.9 * anchor - 1e-5);
    assertThat(most).isLessThanOrEqualTo(1.1 * anchor + 1e-5).isGreaterThan(least + 1e-3);
    assertThat(recoloured(0.1, day).get(0)).isEqualTo(many.get(0));
  }

  @Test
  void eachImageOfABatchHasAnAnchorOfItsOwnWhichStaysInAllUpdates() {
    RgbImage bright = noisy(3, 200, 190, 180, 5);
    Recolouring recolouring = recolouring(0.02, DUSK, bright);
    RgbImage day = noisy(2, 140, 150, 120, 30);
    RgbImage[] days = new RgbImage[32];
    Arrays.fill(days, day);
    SourceBatch batch = batch(days);
    try (Buffers buffers = new Buffers(DataType.FLOAT)) {
      FeatureMap first = recolouring.recoloured(batch, 0, buffers);
      FeatureMap second = recolouring.recoloured(batch, 1, buffers);
      int brighter = 0;
      for (int b = 0; b < days.length; b++) {
        boolean is = of(values(first, b)).mean()[0] > 0.5;
        assertThat(of(values(second, b)).mean()[0] > 0.5).isEqualTo(is);
        brighter += is ? 1 : 0;
      }
      assertThat(brighter).isBetween(8, 24);
      assertThat(values(second, 0)).as("jitter is drawn anew").isNotEqualTo(values(first, 0));
    }
  }

  private static Recolouring recolouring(double jitter, RgbImage... anchors) {
    return new Recolouring(
        ColourAnchor.of(List.of(anchors)),
        new Noise(7),
        new Recolouring.Options(2, jitter, 0, BatchRule.STYLISED));
  }

  /** The images in dusk's colours, as values 0..1. */
  private static List<float[]> recoloured(double jitter, RgbImage... images) {
    try (Buffers buffers = new Buffers(DataType.FLOAT)) {
      FeatureMap map = recolouring(jitter, DUSK).recoloured(batch(images), 0, buffers);
      List<float[]> values = new ArrayList<>();
      for (int b = 0; b < images.length; b++) {
        values.add(values(map, b));
      }
      return values;
    }
  }

  private static float[] values(FeatureMap map, int index) {
    return map.image(index).rows().dup('c').data().asFloat();
  }

  private static ColourStatistics of(float[] values) {
    double[] mean = new double[3];
    double[] deviation = new double[3];
    int n = values.length / 3;
    for (int i = 0; i < values.length; i++) {
      mean[i % 3] += values[i] / n;
    }
    for (int i = 0; i < values.length; i++) {
      double d = values[i] - mean[i % 3];
      deviation[i % 3] += d * d / (n - 1);
    }
    for (int c = 0; c < 3; c++) {
      deviation[c] = Math.sqrt(deviation[c]);
    }
    return new ColourStatistics(mean, deviation);
  }

  private static SourceBatch batch(RgbImage... images) {
    List<LabelledImage> labelled = new ArrayList<>();
    long[] positions = new long[images.length];
    for (int i = 0; i < images.length; i++) {
      labelled.add(new LabelledImage(images[i], LabelMap.filled(SIZE, SIZE, 0)));
      positions[i] = i;
    }
    return new SourceBatch(labelled, positions, List.of());
  }

  private static RgbImage noisy(long seed, int red, int green, int blue, int spread) {
    Random random = new Random(seed);
    byte[] rgb = new byte[3 * SIZE * SIZE];
    int[] mean = {red, green, blue};
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (mean[i % 3] + random.nextInt(2 * spread + 1) - spread);
    }
    return new RgbImage(SIZE, SIZE, rgb);
  }
}
