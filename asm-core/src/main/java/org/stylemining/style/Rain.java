package org.stylemining.style;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
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
  private final Decoder decoder;
  private final StyleVae vae;

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
    decoder = Decoder.create(architecture.encoder(), buffers, store, architecture.width());
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

  /** {@link Decoder#forward}. */
  public FeatureMap decode(FeatureMap features, int height, int width, boolean training) {
    return decoder.forward(features, height, width, training);
  }

  /** {@link Decoder#backward}. */
  public FeatureMap backwardDecode(FeatureMap dRgb) {
    return decoder.backward(dRgb);
  }

  @Override
  public void close() {
    encoderStore.close();
    store.close();
  }
}
