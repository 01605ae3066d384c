package org.stylemining.style;

import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Kernels;
import org.stylemining.nn.Layer;
import org.stylemining.nn.ParameterStore;

/** D: features back to images. */
public final class Decoder {
  private final Buffers buffers;
  private final Layer layers;
  private FeatureMap input;
  private FeatureMap result;
  private FeatureMap cropped;

  private Decoder(Buffers buffers, Layer layers) {
    this.buffers = buffers;
    this.layers = layers;
  }

  /** The decoder that mirrors an encoder; its parameters, {@code decoder.*}, are the store's. */
  public static Decoder create(
      EncoderKind kind, Buffers buffers, ParameterStore store, double width) {
    return new Decoder(buffers, kind.decoder(buffers, store, "decoder.", width));
  }

  /**
   * Decodes features to images, RGB about 0..1, not clipped, cropped to the given size. In training
   * they stay the decoder's until {@link #backward}; else the caller gives them back.
   *
   * @param features [B, h, w, C], taken over
   */
  public FeatureMap forward(FeatureMap features, int height, int width, boolean training) {
    FeatureMap g = layers.forward(features, training);
    if (g.height() < height || g.width() < width) {
      throw new IllegalArgumentException(
          "features of %d x %d decode to less than %d x %d"
              .formatted(features.width(), features.height(), width, height));
    }
    FeatureMap images = g;
    if (g.height() != height || g.width() != width) {
      images = buffers.map(g.batch(), height, width, 3);
      images.cube().assign(Kernels.window(g.cube(), 0, 0, height, width));
    }
    if (training) {
      input = features;
      result = g;
      cropped = images;
    } else {
      buffers.give(features);
      if (images != g) {
        buffers.give(g);
      }
    }
    return images;
  }

  /**
   * Backward pass of {@link #forward}: gradient at the features, the caller's to give back. The
   * decoded images are of no use afterwards.
   *
   * @param dRgb gradient at the images, taken over
   */
  public FeatureMap backward(FeatureMap dRgb) {
    FeatureMap d = dRgb;
    if (result.height() != dRgb.height() || result.width() != dRgb.width()) {
      d = buffers.map(dRgb.batch(), result.height(), result.width(), 3);
      Kernels.zero(d.rows());
      Kernels.window(d.cube(), 0, 0, dRgb.height(), dRgb.width()).assign(dRgb.cube());
      buffers.give(dRgb);
    }
    FeatureMap dFeatures = layers.backward(d, true);
    buffers.give(input);
    buffers.give(result);
    if (cropped != result) {
      buffers.give(cropped);
    }
    input = null;
    result = null;
    cropped = null;
    return dFeatures;
  }
}
