package org.stylemining.style;

import java.util.ArrayList;
import java.util.List;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Layer;
import org.stylemining.nn.ParameterStore;

/**
 * E: images, RGB 0..1, to features in four stages, of which the last is where styles are exchanged.
 */
public final class StyleEncoder {
  private final EncoderKind kind;
  private final Buffers buffers;
  private final ParameterStore store;
  private final List<Layer> segments;
  private final int channels;

  StyleEncoder(
      EncoderKind kind, Buffers buffers, ParameterStore store, List<Layer> segments, int channels) {
    this.kind = kind;
    this.buffers = buffers;
    this.store = store;
    this.segments = List.copyOf(segments);
    this.channels = channels;
  }

  /** An encoder whose parameters, named {@code encoder.*}, are declared in the store. */
  public static StyleEncoder create(
      EncoderKind kind, Buffers buffers, ParameterStore store, double width) {
    return kind.encoder(buffers, store, "encoder.", width);
  }

  public EncoderKind kind() {
    return kind;
  }

  public ParameterStore parameters() {
    return store;
  }

  public Buffers buffers() {
    return buffers;
  }

  /** Channels C of the last stage. */
  public int channels() {
    return channels;
  }

  /** The last stage's features; the caller gives them back. */
  public FeatureMap encode(FeatureMap rgb) {
    FeatureMap x = rgb;
    for (Layer segment : segments) {
      FeatureMap y = segment.forward(x, false);
      if (x != rgb) {
        buffers.give(x);
      }
      x = y;
    }
    return x;
  }

  /** All stages' features; the caller gives them back, after {@link #backward} where training. */
  public List<FeatureMap> stages(FeatureMap rgb, boolean training) {
    List<FeatureMap> stages = new ArrayList<>();
    FeatureMap x = rgb;
    for (Layer segment : segments) {
      x = segment.forward(x, training);
      stages.add(x);
    }
    return stages;
  }

  /**
   * The backward pass of the last {@link #stages} in training.
   *
   * @param gradients at each stage, taken over; null where a stage has none
   * @param inputGradient whether the gradient at the images is wanted
   */
  public FeatureMap backward(List<FeatureMap> gradients, boolean inputGradient) {
    FeatureMap d = null;
    for (int i = segments.size() - 1; i >= 0; i--) {
      FeatureMap here = gradients.get(i);
      if (d == null) {
        d = here;
      } else if (here != null) {
        d.rows().addi(here.rows());
        buffers.give(here);
      }
      if (d != null) {
        d = segments.get(i).backward(d, i > 0 || inputGradient);
      }
    }
    return d;
  }
}
