package org.stylemining.style;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Convolution;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Kernels;
import org.stylemining.nn.Layer;
import org.stylemining.nn.Parameter;
import org.stylemining.nn.ParameterStore;
import org.stylemining.nn.PointwiseConvolution;
import org.stylemining.nn.Sequential;

/**
 * The variational auto-encoder over style vectors s [B, S]: E_vae gives psi and xi [B, L], D_vae
 * maps a code eps [B, L] back to a style. xi is a standard deviation as it comes, of either sign.
 * Styles are standardised by a mean and a deviation per dimension, 0 and 1 in the official
 * networks.
 */
public final class StyleVae {
  private final Buffers buffers;
  private final Layer encoder;
  private final Layer decoder;
  private final Parameter mean;
  private final Parameter deviation;
  private final int latent;
  private final int size;

  StyleVae(ParameterStore store, Buffers buffers, int size, int hidden, int latent) {
    this.buffers = buffers;
    this.size = size;
    this.latent = latent;
    encoder = perceptron(store, "fc_encoder.", size, hidden, 2 * latent);
    decoder = perceptron(store, "fc_decoder.", latent, hidden, size);
    mean = store.add("style_mean", Parameter.Role.STATISTIC, Parameter.Initial.ZERO, size);
    deviation = store.add("style_deviation", Parameter.Role.STATISTIC, Parameter.Initial.ONE, size);
  }

  private Layer perceptron(ParameterStore store, String prefix, int in, int hidden, int out) {
    Convolution.Options relu = Convolution.Options.BIAS_RELU;
    return new Sequential(
        buffers,
        List.of(
            PointwiseConvolution.linear(store, buffers, prefix + "0", in, hidden, relu),
            PointwiseConvolution.linear(store, buffers, prefix + "2", hidden, hidden, relu),
            PointwiseConvolution.linear(
                store, buffers, prefix + "4", hidden, out, Convolution.Options.BIAS)));
  }

  /**
   * What E_vae says of styles.
   *
   * @param psi means [B, L]
   * @param xi deviations [B, L]
   */
  public record Code(INDArray psi, INDArray xi) {
    /** eps = psi + n * xi. */
    public INDArray sample(INDArray noise) {
      return noise.mul(xi).addi(psi);
    }
  }

  public int latent() {
    return latent;
  }

  /** Length S of a style vector. */
  public int size() {
    return size;
  }

  /** Standardises by these [S] from now on. */
  public void standardise(INDArray newMean, INDArray newDeviation) {
    mean.value().assign(newMean);
    deviation.value().assign(newDeviation);
  }

  /** The deviations [S] that styles are standardised by. */
  public INDArray deviation() {
    return deviation.value();
  }

  /** Psi and xi of styles [B, S], detached copies. */
  public Code encode(INDArray styles, boolean training) {
    FeatureMap x = vectors(buffers.take(styles.size(0), size));
    try (INDArray variance = deviation.value().mul(deviation.value())) {
      Kernels.affine(
          styles,
          mean.value(),
          variance,
          0,
          buffers.oneVector(size),
          buffers.zeroVector(size),
          x.rows());
    }
    FeatureMap y = encoder.forward(x, training);
    Code code =
        new Code(
            Kernels.columns(y.rows(), 0, latent).dup('c'),
            Kernels.columns(y.rows(), latent, latent).dup('c'));
    if (training) {
      encoderInput = x;
      encoderResult = y;
    } else {
      buffers.give(x);
      buffers.give(y);
    }
    return code;
  }

  private FeatureMap encoderInput;
  private FeatureMap encoderResult;
  private FeatureMap decoderInput;
  private FeatureMap decoderResult;

  /** Backward pass of {@link #encode} to its parameters. */
  public void backwardEncode(INDArray dPsi, INDArray dXi) {
    FeatureMap d = vectors(buffers.take(dPsi.size(0), 2L * latent));
    Kernels.columns(d.rows(), 0, latent).assign(dPsi);
    Kernels.columns(d.rows(), latent, latent).assign(dXi);
    encoder.backward(d, false);
    buffers.give(encoderInput);
    buffers.give(encoderResult);
  }

  /** Styles [B, S] of codes [B, L], a detached copy. */
  public INDArray decode(INDArray eps, boolean training) {
    FeatureMap x = vectors(buffers.take(eps.size(0), latent));
    x.rows().assign(eps);
    FeatureMap y = decoder.forward(x, training);
    INDArray styles = y.rows().dup('c');
    Kernels.affine(
        styles,
        buffers.zeroVector(size),
        buffers.oneVector(size),
        0,
        deviation.value(),
        mean.value(),
        styles);
    if (training) {
      decoderInput = x;
      decoderResult = y;
    } else {
      buffers.give(x);
      buffers.give(y);
    }
    return styles;
  }

  /** Backward pass of {@link #decode}: gradient at eps [B, L], detached. */
  public INDArray backwardDecode(INDArray dStyles) {
    FeatureMap d = vectors(buffers.take(dStyles.size(0), size));
    d.rows().assign(dStyles);
    Kernels.scale(d.rows(), deviation.value(), buffers);
    FeatureMap dx = decoder.backward(d, true);
    INDArray result = dx.rows().dup('c');
    buffers.give(dx);
    buffers.give(decoderInput);
    buffers.give(decoderResult);
    return result;
  }

  private static FeatureMap vectors(INDArray rows) {
    return new FeatureMap(rows, (int) rows.size(0), 1, 1);
  }
}
