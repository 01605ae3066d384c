package org.stylemining.pretrain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.adapt.Images;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.FeatureMap;
import org.stylemining.style.Rain;

/**
 * Style vectors of many crops of style and source images under strong changes: what the
 * auto-encoder learns styles from.
 */
final class StyleBank {
  private static final long STREAM = 0x57B;
  private final Rain rain;
  private final StyleImages styles;
  private final StyleVariation variation;
  private final long seed;
  private final double photoShare;

  StyleBank(Rain rain, StyleImages styles, int size, long seed, double photoShare) {
    this.rain = rain;
    this.styles = styles;
    this.seed = seed;
    this.photoShare = photoShare;
    variation = new StyleVariation(size, true);
  }

  /**
   * A style vector for each position of a batch of source images: of that image, or of a style
   * image.
   */
  List<float[]> vectors(SourceBatch photos) {
    if (photos.isEmpty()) {
      return List.of();
    }
    List<RgbImage> crops = new ArrayList<>();
    for (int b = 0; b < photos.size(); b++) {
      SplittableRandom random = StyleVariation.random(seed + STREAM, photos.positions()[b]);
      RgbImage image =
          random.nextDouble() < photoShare ? photos.images().get(b).image() : styles.draw(random);
      crops.add(variation.crop(image, random));
    }
    FeatureMap rgb = Images.toMap(crops, rain.buffers());
    INDArray vectors = rain.styles(rgb);
    rain.buffers().give(rgb);
    List<float[]> result = Arrays.asList(vectors.toFloatMatrix());
    vectors.close();
    return result;
  }
}
