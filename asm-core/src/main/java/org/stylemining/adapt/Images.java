package org.stylemining.adapt;

import java.util.List;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.HostValues;

/** Images as feature maps and back. */
public final class Images {
  private Images() {}

  /** Images of one size as [B, H, W, 3], RGB 0..1. */
  public static FeatureMap toMap(List<RgbImage> images, Buffers buffers) {
    int h = images.get(0).height();
    int w = images.get(0).width();
    float[] values = new float[images.size() * h * w * 3];
    int at = 0;
    for (RgbImage image : images) {
      if (image.height() != h || image.width() != w) {
        throw new IllegalArgumentException(
            "expected images of %d x %d, found %d x %d"
                .formatted(w, h, image.width(), image.height()));
      }
      for (byte v : image.rgb()) {
        values[at++] = (v & 0xff) / 255f;
      }
    }
    FeatureMap map = buffers.map(images.size(), h, w, 3);
    new HostValues(map.rows()).put(values);
    return map;
  }

  static FeatureMap toMap(SourceBatch batch, Buffers buffers) {
    return toMap(batch.images().stream().map(i -> i.image()).toList(), buffers);
  }

  /** Train ids of a batch, one array per image: H*W, or one id of the whole image. */
  static List<byte[]> labels(SourceBatch batch) {
    return batch.images().stream().map(i -> i.labels().ids()).toList();
  }

  /** Image {@code index} of a map of RGB 0..1, clipped. */
  public static RgbImage fromMap(FeatureMap rgb, int index) {
    float[] values = rgb.image(index).rows().dup('c').data().asFloat();
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(Math.max(0, Math.min(1, values[i])) * 255);
    }
    return new RgbImage(rgb.width(), rgb.height(), bytes);
  }
}
