package org.stylemining.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Sample;

/** Reads and augments the samples of a batch, leaving damaged ones out. */
public final class BatchReader {
  private final SampleReader reader;
  private final Augmentation augmentation;

  public BatchReader(SampleReader reader, Augmentation augmentation) {
    this.reader = reader;
    this.augmentation = augmentation;
  }

  /**
   * The samples, each augmented by the randomness of its position.
   *
   * @param positions the place of each sample in the training order
   * @return a batch without the damaged samples, which it names; it may be empty
   * @throws IOException where the file system fails
   */
  public SourceBatch read(List<Sample> samples, long[] positions) throws IOException {
    if (samples.size() != positions.length) {
      throw new IllegalArgumentException(
          samples.size() + " samples with " + positions.length + " positions");
    }
    List<LabelledImage> images = new ArrayList<>();
    List<Damage> skipped = new ArrayList<>();
    long[] kept = new long[positions.length];
    for (int i = 0; i < positions.length; i++) {
      try {
        images.add(augmentation.apply(reader.read(samples.get(i)), positions[i]));
        kept[images.size() - 1] = positions[i];
      } catch (DamagedSample e) {
        skipped.add(Damage.of(positions[i], e));
      }
    }
    return new SourceBatch(images, Arrays.copyOf(kept, images.size()), skipped);
  }
}
