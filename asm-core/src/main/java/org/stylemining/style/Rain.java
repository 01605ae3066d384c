package org.stylemining.style;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Kernels;
import org.stylemining.nn.Layer;
import org.stylemining.nn.ParameterStore;

/**
 * RAIN, the style generator G = {E, D, E_vae, D_vae}: x_style = D(AdaIN(E(x), D_vae(eps))). One
 * instance serves one thread.
 */
public final class Rain implements AutoCloseable {
  /**
   * What a generator is made of.
   *
   * @param encoder E, and with it D
   * @param width factor on the channel counts of E and D
   * @param latent length L of a code
   * @param hidden width of the auto-encoder's hidden layers
   */
  public record Architecture(EncoderKind encoder, double width, int latent, int hidden)
      implements java.io.Serializable {}

  private final Architecture architecture;
  private final Buffers buffers;
  private final ParameterStore encoderStore;
  private final ParameterStore store;
  private final StyleEncoder encoder;
  private final Layer decoder;
  private final StyleVae vae;
  private FeatureMap decoderInput;
  private FeatureMap decoderResult;
  private FeatureMap croppedResult;

  /**
   * @param buffers where activations come from; not closed with the generator
   * @param trained whether decoder and auto-encoder get gradients (the encoder never does)
   */
  public Rain(Architecture architecture, Buffers buffers, boolean trained) {
    this.architecture = architecture;
    this.buffers = buffers;
    encoderStore = new ParameterStore(buffers.type());
    store = new ParameterStore(buffers.type());
    encoder =
        architecture.encoder().encoder(buffers, encoderStore, "encoder.", architecture.width());
    decoder = architecture.encoder().decoder(buffers, store, "decoder.", architecture.width());
    vae =
        new StyleVae(
            store, buffers, 2 * encoder.channels(), architecture.hidden(), architecture.latent());
    encoderStore.allocate(false);
    store.allocate(trained);
  }

  public Architecture architecture() {
    return architecture;
  }

  public Buffers buffers() {
    return buffers;
  }

  public StyleEncoder encoder() {
    return encoder;
  }

  public StyleVae vae() {
    return vae;
  }

  /** Parameters of E, always frozen. */
  public ParameterStore encoderParameters() {
    return encoderStore;
  }

  /** Parameters of D, E_vae and D_vae. */
  public ParameterStore parameters() {
    return store;
  }

  /** Style vectors [B, 2C] of images, RGB 0..1; the caller closes them. */
  public INDArray styles(FeatureMap rgb) {
    FeatureMap features = encoder.encode(rgb);
    INDArray styles = StyleVectors.of(features, buffers);
    buffers.give(features);
    return styles;
  }

  /** The content of images, ready to take styles; to be released by the caller. */
  public AdaptiveInstanceNorm content(FeatureMap rgb) {
    FeatureMap features = encoder.encode(rgb);
    AdaptiveInstanceNorm content = new AdaptiveInstanceNorm(features, buffers);
    buffers.give(features);
    return content;
  }

  /**
   * Decodes features to images, RGB about 0..1, not clipped, cropped to the given size. In training
   * they stay this generator's until {@link #backwardDecode}; else the caller gives them back.
   *
   * @param features [B, h, w, C], taken over
   */
  public FeatureMap decode(FeatureMap features, int height, int width, boolean training) {
    FeatureMap g = decoder.forward(features, training);
    if (g.height() < height || g.width() < width) {
      throw new IllegalArgumentException(
          "features of %d x %d decode to less than %d x %d"
              .formatted(features.width(), features.height(), width, height));
    }
    FeatureMap cropped = g;
    if (g.height() != height || g.width() != width) {
      cropped = buffers.map(g.batch(), height, width, 3);
      cropped.cube().assign(Kernels.window(g.cube(), 0, 0, height, width));
    }
    if (training) {
      decoderInput = features;
      decoderResult = g;
      croppedResult = cropped;
    } else {
      buffers.give(features);
      if (cropped != g) {
        buffers.give(g);
      }
    }
    return cropped;
  }

  /**
   * Backward pass of {@link #decode}: gradient at the features, the caller's to give back. The
   * decoded images are of no use afterwards.
   *
   * @param dRgb gradient at the images, taken over
   */
  public FeatureMap backwardDecode(FeatureMap dRgb) {
    FeatureMap d = dRgb;
    if (decoderResult.height() != dRgb.height() || decoderResult.width() != dRgb.width()) {
      d = buffers.map(dRgb.batch(), decoderResult.height(), decoderResult.width(), 3);
      Kernels.zero(d.rows());
      Kernels.window(d.cube(), 0, 0, dRgb.height(), dRgb.width()).assign(dRgb.cube());
      buffers.give(dRgb);
    }
    FeatureMap dFeatures = decoder.backward(d, true);
    buffers.give(decoderInput);
    buffers.give(decoderResult);
    if (croppedResult != decoderResult) {
      buffers.give(croppedResult);
    }
    decoderInput = null;
    decoderResult = null;
    croppedResult = null;
    return dFeatures;
  }

  @Override
  public void close() {
    encoderStore.close();
    store.close();
  }
}
