package org.stylemining.pretrain;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.stylemining.config.LossWeights;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.style.AdaptiveInstanceNorm;
import org.stylemining.style.Rain;
import org.stylemining.style.StyleVae;
import org.stylemining.style.StyleVectors;

/**
 * Eq. 3: L = L_c + ls L_s + lk L_KL + lr L_Rec, and its gradients.
 *
 * <p>Officially the decoder learns from L_c + L_s alone and the auto-encoder from the other two
 * alone; jointly everything learns from everything.
 */
final class RainLosses {
  private static final double KL_FLOOR = 1e-5;
  private final Rain rain;
  private final LossWeights weights;

  RainLosses(Rain rain, LossWeights weights) {
    this.rain = rain;
    this.weights = weights;
  }

  /** Which networks learn from which losses. */
  enum Flow {
    /** The decoder from the images' losses, the auto-encoder from its own. */
    SEPARATE,
    /** Everything from everything. */
    JOINT,
    /** The decoder alone, in the style images' own styles; the auto-encoder is left out. */
    DECODER
  }

  /** The four losses, unweighted; those that were left out are 0. */
  record Losses(double content, double style, double kl, double reconstruction) {}

  /**
   * Adds the gradients of one batch.
   *
   * @param content images [B, H, W, 3]
   * @param style images [B, h, w, 3]
   * @param noise n [B, L], not needed where the flow is DECODER
   */
  Losses gradients(FeatureMap content, FeatureMap style, INDArray noise, Flow flow) {
    Buffers buffers = rain.buffers();
    List<FeatureMap> styleStages = rain.encoder().stages(style, false);
    List<INDArray> due = new ArrayList<>();
    for (FeatureMap stage : styleStages) {
      due.add(StyleVectors.of(stage, buffers));
    }
    styleStages.forEach(buffers::give);
    INDArray s = due.get(due.size() - 1);

    StyleVae.Code code = null;
    INDArray given = s;
    if (flow != Flow.DECODER) {
      code = rain.vae().encode(s, true);
      given = rain.vae().decode(code.sample(noise), true);
    }
    AdaptiveInstanceNorm normalised = rain.content(content);
    FeatureMap t = normalised.apply(given);
    int stride = rain.encoder().kind().stride();
    FeatureMap g = rain.decode(t, t.height() * stride, t.width() * stride, true);
    List<FeatureMap> stages = rain.encoder().stages(g, true);
    List<FeatureMap> gradients = new ArrayList<>();
    double styleLoss = 0;
    for (int i = 0; i < stages.size(); i++) {
      INDArray found = StyleVectors.of(stages.get(i), buffers);
      INDArray difference = found.sub(due.get(i));
      // MSE(mu) + MSE(sigma), each a mean over B * C values.
      double per = difference.length() / 2.0;
      styleLoss += difference.mul(difference).sumNumber().doubleValue() / per;
      difference.muli(2 * weights.style() / per);
      gradients.add(StyleVectors.backward(stages.get(i), found, difference, buffers));
    }
    FeatureMap last = stages.get(stages.size() - 1);
    FeatureMap dLast = gradients.get(gradients.size() - 1);
    INDArray error = buffers.take(last.pixels(), last.channels());
    error.assign(last.rows()).subi(t.rows());
    double contentLoss = squareSum(error) / error.length();
    error.muli(2.0 / error.length());
    dLast.rows().addi(error);
    buffers.give(error);
    FeatureMap dG = rain.encoder().backward(gradients, true);
    stages.forEach(buffers::give);
    FeatureMap dT = rain.backwardDecode(dG);

    Losses losses;
    if (flow == Flow.DECODER) {
      buffers.give(dT);
      losses = new Losses(contentLoss, styleLoss, 0, 0);
    } else {
      INDArray dGiven = given.sub(s);
      double reconstruction = dGiven.mul(dGiven).sumNumber().doubleValue() / dGiven.length();
      dGiven.muli(2 * weights.reconstruction() / dGiven.length());
      if (flow == Flow.JOINT) {
        dGiven.addi(normalised.backward(dT));
      } else {
        buffers.give(dT);
      }
      double kl = backwardVae(rain.vae(), code, noise, dGiven, weights.kl());
      losses = new Losses(contentLoss, styleLoss, kl, reconstruction);
    }
    normalised.release();
    return losses;
  }

  /**
   * The auto-encoder's backward pass, L_KL's gradient added at the code.
   *
   * @param dStyles gradient at D_vae's styles
   * @param weight of L_KL
   * @return L_KL, unweighted
   */
  static double backwardVae(
      StyleVae vae, StyleVae.Code code, INDArray noise, INDArray dStyles, double weight) {
    INDArray dEps = vae.backwardDecode(dStyles);
    INDArray psi = code.psi();
    INDArray xi = code.xi();
    INDArray square = xi.mul(xi);
    INDArray floored = square.add(KL_FLOOR);
    double n = psi.length();
    double kl =
        0.5
            / n
            * (psi.mul(psi).sumNumber().doubleValue()
                + square.sumNumber().doubleValue()
                - Transforms.log(floored, true).sumNumber().doubleValue()
                - n);
    // dKL/dpsi = psi / n; dKL/dxi = (xi - xi / (xi^2 + 1e-5)) / n
    INDArray dPsi = psi.mul(weight / n).addi(dEps);
    INDArray dXi = xi.sub(xi.div(floored)).muli(weight / n).addi(dEps.mul(noise));
    vae.backwardEncode(dPsi, dXi);
    return kl;
  }

  static double squareSum(INDArray a) {
    double norm = a.norm2Number().doubleValue();
    return norm * norm;
  }

  /** A matrix [rows, columns] of the pool's type from doubles. */
  static INDArray matrix(double[][] values, Buffers buffers) {
    return Nd4j.createFromArray(values).castTo(buffers.type());
  }
}
