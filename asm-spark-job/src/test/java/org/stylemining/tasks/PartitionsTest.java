package org.stylemining.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartitionsTest {
  @Test
  void noImageIsLostOrRepeatedAndEachPartIsSorted() {
    List<Image> images = images(1_000, new Random(1));
    List<List<Image>> parts = parts(images, 7);

    assertThat(parts).hasSize(7);
    assertThat(parts.stream().flatMap(List::stream).map(Image::path))
        .containsExactlyInAnyOrderElementsOf(images.stream().map(Image::path).toList());
    for (List<Image> part : parts) {
      assertThat(part).isSortedAccordingTo((a, b) -> a.path().compareTo(b.path()));
    }
  }

  @Test
  void partsHaveAboutTheSameBytesAndTheSameNumberOfImages() {
    List<List<Image>> parts = parts(images(1_000, new Random(2)), 8);

    long[] bytes =
        parts.stream()
            .mapToLong(part -> part.stream().mapToLong(Image::bytes).sum())
            .sorted()
            .toArray();
    int[] counts = parts.stream().mapToInt(List::size).sorted().toArray();
    assertThat((double) bytes[7] / bytes[0]).isLessThan(1.2);
    assertThat((double) counts[7] / counts[0]).isLessThan(1.2);
  }

  @Test
  void aLargeImageGetsAPartOfItsOwn() {
    List<Image> images = new ArrayList<>();
    images.add(new Image("large.png", 1_000_000));
    for (int i = 0; i < 9; i++) {
      images.add(new Image("small" + i + ".png", 1_000));
    }
    assertThat(parts(images, 2)).anyMatch(part -> part.size() == 1);
  }

  @Test
  void thereAreSeveralPartsForEachSlotAndNoneIsEmptyOrTooLarge() {
    assertThat(Partitions.count(3, 8)).isEqualTo(3);
    assertThat(Partitions.count(1_000, 8)).isEqualTo(32);
    assertThat(Partitions.count(50_000, 2)).isEqualTo(100);
    assertThat(parts(images(3, new Random(3)), 3)).allMatch(part -> part.size() == 1);
  }

  private record Image(String path, long bytes) {}

  private static List<List<Image>> parts(List<Image> images, int parts) {
    return Partitions.of(images, parts, Image::path, Image::bytes);
  }

  private static List<Image> images(int count, Random random) {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(new Image("%05d.jpg".formatted(i), 1 + random.nextInt(100_000)));
    }
    return images;
  }
}
