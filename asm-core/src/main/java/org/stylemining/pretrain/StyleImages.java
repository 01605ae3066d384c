package org.stylemining.pretrain;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.hadoop.conf.Configuration;
import org.stylemining.config.UserMistake;
import org.stylemining.data.Datasets;
import org.stylemining.data.SampleReader;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Sample;
import org.stylemining.image.Resize;
import org.stylemining.image.RgbImage;

/**
 * Style images, read when first drawn and kept, their shorter side scaled to {@code side} pixels.
 */
final class StyleImages implements Serializable {
  private final List<Sample> samples;
  private final int side;
  private final Datasets datasets;
  private transient Map<Integer, RgbImage> read;
  private transient SampleReader reader;

  /**
   * @param datasets those that the samples belong to
   */
  StyleImages(List<Sample> samples, int side, Datasets datasets) {
    if (samples.isEmpty()) {
      throw new UserMistake("style.pretrain.styles: expected at least one style image, found none");
    }
    this.samples = List.copyOf(samples);
    this.side = side;
    this.datasets = datasets;
  }

  /** One of the images. Workers of one JVM share them. */
  synchronized RgbImage draw(RandomGenerator random) {
    if (read == null) {
      read = new HashMap<>();
      reader = new SampleReader(datasets, new Configuration());
    }
    return read.computeIfAbsent(random.nextInt(samples.size()), this::load);
  }

  private RgbImage load(int index) {
    try {
      RgbImage image = reader.readImage(samples.get(index));
      double scale = (double) side / Math.min(image.width(), image.height());
      return Resize.bicubic(
          image,
          Math.max(side, (int) Math.round(image.width() * scale)),
          Math.max(side, (int) Math.round(image.height() * scale)));
    } catch (DamagedSample e) {
      throw new UserMistake("style image " + e.path() + ": " + e.reason());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
