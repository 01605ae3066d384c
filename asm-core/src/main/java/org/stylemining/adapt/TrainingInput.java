package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.List;
import org.stylemining.config.BatchRule;
import org.stylemining.data.SourceBatch;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.style.InputScaling;

/**
 * What M sees of a batch in other styles: [x_style ; x_S] with the labels twice, or x_style alone.
 * The source images are prepared once and serve every mining step.
 */
final class TrainingInput implements AutoCloseable {
  private final Buffers buffers;
  private final InputScaling scaling;
  private final FeatureMap source;
  private final boolean withSource;
  private final List<byte[]> labels;

  /**
   * @param rgb the source images [B, H, W, 3], RGB 0..1; the caller's
   */
  TrainingInput(SourceBatch batch, FeatureMap rgb, BatchRule rule, Buffers buffers) {
    this.buffers = buffers;
    this.scaling = InputScaling.task(buffers);
    this.withSource = rule == BatchRule.STYLISED_AND_SOURCE;
    this.source = withSource ? scaling.forward(rgb, false) : null;
    this.labels = new ArrayList<>(Images.labels(batch));
    if (withSource) {
      labels.addAll(Images.labels(batch));
    }
  }

  /** Train ids, for as many images as {@link #of} gives. */
  List<byte[]> labels() {
    return labels;
  }

  /** The consistency loss's weight: images of one style alone have nothing to agree with. */
  double lambda(double configured) {
    return withSource ? configured : 0;
  }

  /**
   * M's input, stylised images first; the caller gives it back.
   *
   * @param stylised [B, H, W, 3], RGB about 0..1; stays the caller's
   * @param training whether {@link #backward} will be called
   */
  FeatureMap of(FeatureMap stylised, boolean training) {
    int n = stylised.batch();
    FeatureMap input = buffers.map(withSource ? 2 * n : n, stylised.height(), stylised.width(), 3);
    FeatureMap prepared = scaling.forward(stylised, training);
    input.images(0, n).rows().assign(prepared.rows());
    buffers.give(prepared);
    if (withSource) {
      input.images(n, n).rows().assign(source.rows());
    }
    return input;
  }

  /**
   * The gradient at the stylised images, the caller's.
   *
   * @param input gradient at M's input, taken over
   * @param n number of stylised images
   */
  FeatureMap backward(FeatureMap input, int n) {
    FeatureMap d = buffers.map(n, input.height(), input.width(), 3);
    d.rows().assign(input.images(0, n).rows());
    buffers.give(input);
    return scaling.backward(d, true);
  }

  @Override
  public void close() {
    if (withSource) {
      buffers.give(source);
    }
  }
}
