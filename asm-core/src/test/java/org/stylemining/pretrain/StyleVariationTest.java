package org.stylemining.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.stylemining.image.RgbImage;

class StyleVariationTest {
  private static final int SIZE = 16;
  private static final int DRAWS = 20;

  @Test
  void greyImagesAreVariedAndStayGrey() {
    StyleVariation variation = new StyleVariation(SIZE, true);
    SplittableRandom random = new SplittableRandom(5);
    int changed = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      byte[] grey = variation.crop(ramp(), random).rgb();
      for (int i = 0; i < grey.length; i += 3) {
        assertThat(grey[i + 1]).isEqualTo(grey[i]);
        assertThat(grey[i + 2]).isEqualTo(grey[i]);
      }
      changed += Arrays.equals(grey, ramp().rgb()) ? 0 : 1;
    }
    assertThat(changed).as("varied draws").isGreaterThan(DRAWS / 2);
  }

  private static RgbImage ramp() {
    byte[] rgb = new byte[3 * SIZE * SIZE];
    for (int i = 0; i < SIZE * SIZE; i++) {
      Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) (i % 200));
    }
    return new RgbImage(SIZE, SIZE, rgb);
  }
}
