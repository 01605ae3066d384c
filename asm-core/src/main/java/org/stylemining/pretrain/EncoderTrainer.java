package org.stylemining.pretrain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.stylemining.adapt.Images;
import org.stylemining.config.EncoderTrainingConfig;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.ParameterStore;
import org.stylemining.style.Decoder;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.StyleEncoder;

/**
 * Trains the small encoder, and its decoder with it, to give images back, by their mean square
 * error: source images in strongly varied colours, so that nothing a style is made of gets lost.
 * The decoder is then most of the way to decoding styles.
 */
final class EncoderTrainer extends AdamTrainer {
  private final EncoderTrainingConfig training;
  private final long seed;
  private final StyleEncoder encoder;
  private final Decoder decoder;
  private final StyleVariation variation;

  private record Networks(ParameterStore store, StyleEncoder encoder, Decoder decoder) {
    static Networks create(Buffers buffers) {
      ParameterStore store = new ParameterStore(buffers.type());
      Networks networks =
          new Networks(
              store,
              StyleEncoder.create(EncoderKind.TRAINED, buffers, store, 1),
              Decoder.create(EncoderKind.TRAINED, buffers, store, 1));
      store.allocate(true);
      return networks;
    }
  }

  /**
   * @param crop side of the images trained on, pixels
   * @param buffers taken over
   */
  EncoderTrainer(EncoderTrainingConfig training, int crop, long seed, Buffers buffers) {
    this(training, crop, seed, buffers, Networks.create(buffers));
  }

  private EncoderTrainer(
      EncoderTrainingConfig training, int crop, long seed, Buffers buffers, Networks networks) {
    super(networks.store, buffers);
    this.training = training;
    this.seed = seed;
    encoder = networks.encoder;
    decoder = networks.decoder;
    variation = new StyleVariation(crop, true);
  }

  @Override
  Loss gradients(SourceBatch batch) {
    FeatureMap rgb = Images.toMap(varied(batch), buffers());
    double loss = gradients(rgb);
    buffers().give(rgb);
    return new Loss(loss, loss);
  }

  @Override
  double rate(long updates) {
    return training.learningRate() / (1 + 2.0 * updates / training.iterations());
  }

  private List<RgbImage> varied(SourceBatch batch) {
    List<RgbImage> images = new ArrayList<>();
    for (int b = 0; b < batch.size(); b++) {
      SplittableRandom random = StyleVariation.random(seed, batch.positions()[b]);
      images.add(variation.crop(batch.images().get(b).image(), random));
    }
    return images;
  }

  /**
   * Adds the gradients of a batch.
   *
   * @param rgb images [B, H, W, 3]
   * @return the mean square error of the images that come back
   */
  double gradients(FeatureMap rgb) {
    Buffers buffers = buffers();
    List<FeatureMap> stages = encoder.stages(rgb, true);
    FeatureMap last = stages.get(stages.size() - 1);
    // The decoder takes over what it is given, and the encoder still needs its own.
    FeatureMap features = buffers.map(last.batch(), last.height(), last.width(), last.channels());
    features.rows().assign(last.rows());
    FeatureMap decoded = decoder.forward(features, rgb.height(), rgb.width(), true);
    FeatureMap error = buffers.map(rgb.batch(), rgb.height(), rgb.width(), 3);
    error.rows().assign(decoded.rows()).subi(rgb.rows());
    long values = error.rows().length();
    double loss = RainLosses.squareSum(error.rows()) / values;
    error.rows().muli(2.0 / values);
    List<FeatureMap> gradients = new ArrayList<>(Arrays.asList(null, null, null));
    gradients.add(decoder.backward(error));
    encoder.backward(gradients, false);
    stages.forEach(buffers::give);
    return loss;
  }
}
