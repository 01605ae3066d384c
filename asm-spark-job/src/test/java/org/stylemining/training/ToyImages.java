package org.stylemining.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.stylemining.data.Damage;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SourceBatch;
import org.stylemining.dataset.Sample;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.shard.BatchSource;

/** Makes an image of one pixel for every sample; a sample called "damaged…" cannot be read. */
final class ToyImages implements BatchSource {
  private static final long serialVersionUID = 1;

  @Override
  public SourceBatch read(List<Sample> samples, long[] positions) throws IOException {
    List<LabelledImage> images = new ArrayList<>();
    List<Damage> skipped = new ArrayList<>();
    long[] kept = new long[positions.length];
    for (int i = 0; i < positions.length; i++) {
      if (samples.get(i).image().startsWith("unreachable")) {
        throw new IOException("connection refused: " + samples.get(i).image());
      }
      if (samples.get(i).image().startsWith("damaged")) {
        skipped.add(new Damage(positions[i], samples.get(i).image(), "truncated"));
        continue;
      }
      kept[images.size()] = positions[i];
      images.add(
          new LabelledImage(new RgbImage(1, 1, new byte[3]), new LabelMap(1, 1, new byte[1])));
    }
    return new SourceBatch(images, Arrays.copyOf(kept, images.size()), skipped);
  }

  static Sample sample(String image) {
    return new Sample("toy", image, Optional.of(image + "-label"), 0);
  }
}
