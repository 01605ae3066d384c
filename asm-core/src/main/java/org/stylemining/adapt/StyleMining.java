package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.BatchRule;
import org.stylemining.data.SourceBatch;
import org.stylemining.mining.Codes;
import org.stylemining.mining.SamplingStrategy;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.report.StepRecord;
import org.stylemining.style.AdaptiveInstanceNorm;
import org.stylemining.style.Rain;

/**
 * Adversarial style mining, Alg. 1: the source images in a style near the target's, an update of M,
 * a step of the style towards where M is worse, and again. One backward pass of M gives both
 * gradients.
 */
public final class StyleMining implements AdaptationMethod {
  /**
   * How to mine.
   *
   * @param depth mining steps n per batch
   * @param lambda weight of the consistency loss
   * @param batch whether M sees the source images beside the stylised ones
   */
  public record Options(int depth, double lambda, BatchRule batch) {}

  /** Sees what is mined. */
  public interface Observer {
    /** The stylised images [B, H, W, 3], RGB, of a mining step from 0; they change afterwards. */
    void stylised(int miningStep, FeatureMap rgb, Codes codes, double loss);
  }

  private final Rain rain;
  private final SamplingStrategy sampling;
  private final Options options;

  /**
   * @param rain used on the learner's buffers, never changed
   */
  public StyleMining(Rain rain, SamplingStrategy sampling, Options options) {
    this.rain = rain;
    this.sampling = sampling;
    this.options = options;
  }

  @Override
  public int updatesPerBatch() {
    return options.depth();
  }

  @Override
  public List<StepRecord> train(SourceBatch batch, long firstUpdate, Learner learner) {
    return mine(batch, firstUpdate, learner, true, null);
  }

  /**
   * Mines the styles of a batch.
   *
   * @param update whether M learns from them
   * @param observer told of every step, or null
   */
  public List<StepRecord> mine(
      SourceBatch batch, long firstUpdate, Learner learner, boolean update, Observer observer) {
    Buffers buffers = learner.model().buffers();
    int n = batch.size();
    FeatureMap rgb = Images.toMap(batch, buffers);
    AdaptiveInstanceNorm content = rain.content(rgb);
    TrainingInput seen = new TrainingInput(batch, rgb, options.batch(), buffers);
    List<StepRecord> records = new ArrayList<>();
    Codes codes = null;
    double[][] gradient = null;
    double loss = 0;
    for (int i = 0; i < options.depth(); i++) {
      long start = System.nanoTime();
      codes = sampling.next(batch.positions(), i, codes, gradient, loss);
      boolean ascend = sampling.usesGradient(i, options.depth());
      INDArray eps = matrix(codes.eps(), buffers);
      INDArray styles = rain.vae().decode(eps, ascend);
      eps.close();
      FeatureMap stylised = rain.decode(content.apply(styles), rgb.height(), rgb.width(), ascend);
      styles.close();
      FeatureMap input = seen.of(stylised, ascend);
      Learner.Result result =
          learner.gradients(input, seen.labels(), n, seen.lambda(options.lambda()), ascend);
      loss = result.loss();
      if (observer != null) {
        observer.stylised(i, stylised, codes, loss);
      }
      if (update) {
        learner.step(firstUpdate + i);
      } else {
        learner.model().parameters().gradient().assign(0);
      }
      buffers.give(input);
      double stepLength = 0;
      if (ascend) {
        gradient = codeGradient(seen.backward(result.inputGradient(), n), content);
        Codes next = sampling.next(batch.positions(), i + 1, codes, gradient, loss);
        stepLength = meanStep(codes, next);
      } else {
        buffers.give(stylised);
      }
      records.add(
          new StepRecord(
              0,
              0,
              firstUpdate + i + 1,
              i + 1,
              loss,
              result.task(),
              result.consistency(),
              codes.meanDistance(),
              codes.meanNoise(),
              stepLength,
              learner.schedule().rate(firstUpdate + i),
              n,
              (System.nanoTime() - start) / 1e9,
              0));
    }
    seen.close();
    buffers.give(rgb);
    content.release();
    return records;
  }

  /** dL/deps [images][L] from the gradient at the stylised images, which it takes over. */
  private double[][] codeGradient(FeatureMap dRgb, AdaptiveInstanceNorm content) {
    FeatureMap dFeatures = rain.backwardDecode(dRgb);
    INDArray dStyles = content.backward(dFeatures);
    INDArray dEps = rain.vae().backwardDecode(dStyles);
    dStyles.close();
    try (INDArray exact = dEps.castTo(DataType.DOUBLE)) {
      return exact.toDoubleMatrix();
    } finally {
      if (dEps.closeable()) {
        dEps.close();
      }
    }
  }

  private static double meanStep(Codes from, Codes to) {
    double sum = 0;
    for (int b = 0; b < from.eps().length; b++) {
      double square = 0;
      for (int i = 0; i < from.eps()[b].length; i++) {
        double d = to.eps()[b][i] - from.eps()[b][i];
        square += d * d;
      }
      sum += Math.sqrt(square);
    }
    return sum / from.eps().length;
  }

  private static INDArray matrix(double[][] values, Buffers buffers) {
    try (INDArray exact = Nd4j.createFromArray(values)) {
      return Nd4j.createUninitializedDetached(buffers.type(), exact.shape()).assign(exact);
    }
  }
}
