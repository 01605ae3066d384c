package org.stylemining.mining;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.nn.FeatureMap;
import org.stylemining.style.Rain;
import org.stylemining.style.StyleVae;

/**
 * The target domain as RAIN sees it: psi and xi of each anchor image's style, computed once. One
 * image is the one-shot setting; several are drawn from, one per source image.
 *
 * @param psi means, per anchor L values
 * @param xi deviations, per anchor L values
 */
public record StyleAnchor(List<float[]> psi, List<float[]> xi) implements Serializable {
  public StyleAnchor {
    if (psi.isEmpty() || psi.size() != xi.size()) {
      throw new IllegalArgumentException(
          "expected as many psi as xi, at least one, found %d and %d"
              .formatted(psi.size(), xi.size()));
    }
    psi = new ArrayList<>(psi);
    xi = new ArrayList<>(xi);
  }

  /** The anchor of target images, RGB 0..1, of any sizes. */
  public static StyleAnchor of(Rain rain, Iterable<FeatureMap> targets) {
    List<float[]> psi = new ArrayList<>();
    List<float[]> xi = new ArrayList<>();
    for (FeatureMap target : targets) {
      INDArray styles = rain.styles(target);
      StyleVae.Code code = rain.vae().encode(styles, false);
      float[][] psis = code.psi().toFloatMatrix();
      float[][] xis = code.xi().toFloatMatrix();
      for (int b = 0; b < target.batch(); b++) {
        psi.add(psis[b]);
        xi.add(xis[b]);
      }
      styles.close();
    }
    return new StyleAnchor(psi, xi);
  }

  /** All anchors of several. */
  public static StyleAnchor joined(List<StyleAnchor> parts) {
    List<float[]> psi = new ArrayList<>();
    List<float[]> xi = new ArrayList<>();
    for (StyleAnchor part : parts) {
      psi.addAll(part.psi);
      xi.addAll(part.xi);
    }
    return new StyleAnchor(psi, xi);
  }

  /** Number of anchor images. */
  public int size() {
    return psi.size();
  }

  /** Length L of a code. */
  public int latent() {
    return psi.get(0).length;
  }
}
