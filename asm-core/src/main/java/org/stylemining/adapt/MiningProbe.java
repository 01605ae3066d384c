package org.stylemining.adapt;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.RgbImage;
import org.stylemining.mining.SamplingStrategy;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.report.StepRecord;
import org.stylemining.style.Rain;
import org.stylemining.weights.NamedTensor;

/** Mines styles against a network that does not learn from them, to show what is mined. */
public final class MiningProbe implements AutoCloseable {
  private final TaskTraining training;
  private final Buffers buffers = new Buffers(DataType.FLOAT);
  private final Learner learner;
  private final Rain rain;

  /**
   * @param training with a generator and anchors
   * @param model parameters of its network, by name
   */
  public MiningProbe(TaskTraining training, Map<String, NamedTensor> model) {
    this.training = training;
    learner = training.learner(buffers);
    rain = training.rain().create(buffers, false, "the run's generator");
    ParameterTensors.fill(learner.model().parameters(), model, "the run's model");
  }

  /**
   * A style, as style vectors [2C].
   *
   * @param own mu and sigma of the encoder's features
   * @param known what the auto-encoder over styles makes of them, D_vae(psi)
   */
  public record Style(float[] own, float[] known) {}

  /**
   * Mines the styles of a batch; the network's parameters stay as they are.
   *
   * @return one record per step
   */
  public List<StepRecord> mine(
      SourceBatch batch, SamplingStrategy sampling, int depth, StyleMining.Observer observer) {
    return training.mining(rain, depth, sampling).mine(batch, 0, learner, false, observer);
  }

  /** The style of an image. */
  public Style style(RgbImage image) {
    FeatureMap rgb = Images.toMap(List.of(image), buffers);
    try (INDArray own = rain.styles(rgb);
        INDArray known = rain.vae().decode(rain.vae().encode(own, false).psi(), false)) {
      return new Style(own.toFloatMatrix()[0], known.toFloatMatrix()[0]);
    } finally {
      buffers.give(rgb);
    }
  }

  /** Styles [n][2C] of codes [n][L]. */
  public float[][] decode(double[][] codes) {
    try (INDArray exact = Nd4j.createFromArray(codes);
        INDArray eps = exact.castTo(DataType.FLOAT);
        INDArray styles = rain.vae().decode(eps, false)) {
      return styles.toFloatMatrix();
    }
  }

  @Override
  public void close() {
    rain.close();
    learner.close();
    buffers.close();
  }
}
