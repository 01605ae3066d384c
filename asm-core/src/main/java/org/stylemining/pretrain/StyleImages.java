package org.stylemining.pretrain;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
 * Style images, read when first drawn, their shorter side scaled to {@code side} pixels. They are
 * kept as far as a share of the Java heap holds them; the one not drawn for longest goes first.
 */
public final class StyleImages implements Serializable {
  private static final double SHARE = 0.2;

  private final List<Sample> samples;
  private final int side;
  private final Datasets datasets;
  private final double share;
  private transient Map<Integer, RgbImage> read;
  private transient long bytes;
  private transient SampleReader reader;

  /**
   * @param samples the images
   * @param side what their shorter side is scaled to, pixels
   * @param datasets those that the samples belong to
   */
  public StyleImages(List<Sample> samples, int side, Datasets datasets) {
    this(samples, side, datasets, SHARE);
  }

  /**
   * @param share of the Java heap
   */
  StyleImages(List<Sample> samples, int side, Datasets datasets, double share) {
    if (samples.isEmpty()) {
      throw new UserMistake("style.pretrain.styles: expected at least one style image, found none");
    }
    this.samples = List.copyOf(samples);
    this.side = side;
    this.datasets = datasets;
    this.share = share;
  }

  /** One of the images. Workers of one JVM share them. */
  synchronized RgbImage draw(RandomGenerator random) {
    if (read == null) {
      read = new LinkedHashMap<>(16, 0.75f, true);
      reader = new SampleReader(datasets, new Configuration());
    }
    int index = random.nextInt(samples.size());
    RgbImage image = read.get(index);
    if (image == null) {
      image = load(index);
      read.put(index, image);
      bytes += size(image);
      forget();
    }
    return image;
  }

  /** How many are kept. */
  synchronized int kept() {
    return read == null ? 0 : read.size();
  }

  private void forget() {
    Iterator<RgbImage> oldest = read.values().iterator();
    while (bytes > share * Runtime.getRuntime().maxMemory() && read.size() > 1) {
      bytes -= size(oldest.next());
      oldest.remove();
    }
  }

  private static long size(RgbImage image) {
    return 3L * image.width() * image.height();
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
