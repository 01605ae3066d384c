package org.stylemining.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

class AugmentationTest {
  /** Each pixel's colour tells its label, so that image and labels can be compared. */
  @Test
  void theClassOfAWholeImageStaysWhatTheImageIsCutTo() {
    LabelledImage sample = new LabelledImage(telling(16, 12).image(), LabelMap.filled(1, 1, 7));
    assertThat(sample.labelledAsWhole()).isTrue();
    Augmentation padding = new Augmentation(7, 16, 12, 0.5, 2, 20, 20, true);
    for (long position = 0; position < 20; position++) {
      LabelledImage cut = padding.apply(sample, position);
      assertThat(cut.image().width()).isEqualTo(20);
      assertThat(cut.labels()).isEqualTo(LabelMap.filled(1, 1, 7));
    }
    assertThat(sample.mirrored().image()).isEqualTo(sample.image().mirrored());
    assertThat(sample.mirrored().labels()).isEqualTo(sample.labels());
    assertThat(telling(1, 1).labelledAsWhole()).isFalse();
  }

  @Test
  void anImageAndLabelsOfItsPixelsAreOfOneSize() {
    assertThatThrownBy(() -> new LabelledImage(telling(16, 12).image(), LabelMap.filled(1, 12, 7)))
        .hasMessage("an image of 16x12 pixels with labels of 1x12");
  }

  private static LabelledImage telling(int width, int height) {
    RgbImage image = RgbImage.black(width, height);
    LabelMap labels = LabelMap.filled(width, height, 0);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int id = (x * 7 + y * 3) % 19;
        labels.ids()[y * width + x] = (byte) id;
        for (int c = 0; c < 3; c++) {
          image.rgb()[3 * (y * width + x) + c] = (byte) (id * 10 + c);
        }
      }
    }
    return new LabelledImage(image, labels);
  }

  @Property(tries = 200)
  void imageAndLabelsAreCutAtTheSamePlace(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int cropWidth,
      @ForAll @IntRange(min = 1, max = 30) int cropHeight,
      @ForAll @IntRange(min = 0) int position) {
    LabelledImage sample = telling(16, 12);
    LabelledImage cut =
        new Augmentation(seed, 16, 12, 1, 1, cropWidth, cropHeight, true).apply(sample, position);
    int[] mean = sample.image().meanColour();
    int ignored = 0;
    for (int y = 0; y < cropHeight; y++) {
      for (int x = 0; x < cropWidth; x++) {
        int id = cut.labels().at(x, y);
        ignored += id == LabelMap.IGNORE ? 1 : 0;
        for (int c = 0; c < 3; c++) {
          assertThat(cut.image().at(x, y, c))
              .isEqualTo(id == LabelMap.IGNORE ? mean[c] : id * 10 + c);
        }
      }
    }
    int inside = Math.min(16, cropWidth) * Math.min(12, cropHeight);
    assertThat(ignored).isEqualTo(cropWidth * cropHeight - inside);
  }

  @Property(tries = 50)
  void theSamePositionAlwaysLooksTheSame(@ForAll long seed, @ForAll @IntRange(min = 0) int at) {
    Augmentation one = new Augmentation(seed, 20, 14, 0.5, 1.5, 12, 12, true);
    Augmentation other = new Augmentation(seed, 20, 14, 0.5, 1.5, 12, 12, true);
    other.apply(telling(16, 12), at + 1L);
    assertThat(one.apply(telling(16, 12), at)).isEqualTo(other.apply(telling(16, 12), at));
  }

  @Test
  void positionsDifferInPlaceScaleAndMirroring() {
    Augmentation augmentation = new Augmentation(1, 32, 24, 0.75, 1.5, 12, 12, true);
    Set<LabelledImage> looks = new HashSet<>();
    for (int position = 0; position < 100; position++) {
      looks.add(augmentation.apply(telling(16, 12), position));
    }
    assertThat(looks).hasSizeGreaterThan(90);
  }

  @Test
  void mirrorsAboutHalfOfTheSamplesAndNoneUnlessAsked() {
    LabelledImage sample = telling(16, 12);
    int mirrored = 0;
    for (int position = 0; position < 1000; position++) {
      LabelledImage cut = new Augmentation(7, 16, 12, 1, 1, 16, 12, true).apply(sample, position);
      mirrored += cut.equals(sample.mirrored()) ? 1 : 0;
      assertThat(new Augmentation(7, 16, 12, 1, 1, 16, 12, false).apply(sample, position))
          .isEqualTo(sample);
    }
    assertThat(mirrored).isBetween(440, 560);
  }
}
