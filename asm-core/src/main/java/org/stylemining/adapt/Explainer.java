package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.stylemining.config.Sampling;
import org.stylemining.data.SourceBatch;
import org.stylemining.embedding.Neighbourhoods;
import org.stylemining.embedding.Tsne;
import org.stylemining.image.RgbImage;
import org.stylemining.mining.Codes;
import org.stylemining.mining.Noise;
import org.stylemining.mining.SamplingStrategy;
import org.stylemining.nn.FeatureMap;
import org.stylemining.report.Explanation;
import org.stylemining.report.Explanation.Kind;
import org.stylemining.report.StepRecord;

/**
 * Gathers what a trained network and its generator make of images: styles mined from source images
 * beside the styles of real target images, and the network's features of source, stylised and
 * target images; and lays both out in the plane. The network learns nothing meanwhile.
 *
 * <p>All styles are style vectors as the auto-encoder over styles gives them: D_vae(eps) of a mined
 * code, D_vae(psi) of an image; so a mined style and an image's differ by their codes alone.
 */
public final class Explainer {
  /** Neighbours that are counted: as many as a nearest-neighbour classifier usually asks. */
  private static final int NEIGHBOURS = 10;

  private static final int NO_DRAW = -1;

  private final TaskTraining training;
  private final MiningProbe probe;
  private final Predictor predictor;
  private final SamplingStrategy sampling;
  private final int depth;
  private final List<Seen> styles = new ArrayList<>();
  private final List<Seen> features = new ArrayList<>();
  private final List<double[]> ownTargetStyles = new ArrayList<>();
  private final double[][] sums;
  private int images;

  /** A vector, and what it is of. */
  private record Seen(Kind kind, String name, int draw, int step, String label, double[] vector) {
    boolean isLast(int depth) {
      return kind == Kind.MINED && step == depth;
    }
  }

  /**
   * @param probe of the network, with {@code training}'s generator; the caller's
   * @param predictor of the same network; the caller's
   * @param seed of the noise that styles are drawn with
   */
  public Explainer(TaskTraining training, MiningProbe probe, Predictor predictor, long seed) {
    this.training = training;
    this.probe = probe;
    this.predictor = predictor;
    sampling = training.sampling(training.config().mining().sampling(), new Noise(seed));
    depth = training.config().mining().depth();
    sums = new double[depth][5];
  }

  /**
   * The anchors' styles.
   *
   * @param names of as many of the training's anchors, in their order
   */
  public void anchors(List<String> names) {
    double[][] psi = new double[names.size()][];
    Arrays.setAll(psi, i -> exact(training.anchor().psi().get(i)));
    float[][] decoded = probe.decode(psi);
    for (int i = 0; i < decoded.length; i++) {
      styles.add(new Seen(Kind.ANCHOR, names.get(i), NO_DRAW, 0, "", exact(decoded[i])));
    }
  }

  /**
   * Mines from source images.
   *
   * @param batch as training sees it
   * @param names of its images
   * @param labels of its images, which are labelled as a whole; else empty texts
   */
  public void source(SourceBatch batch, List<String> names, List<String> labels) {
    int first = images;
    List<RgbImage> plain = batch.images().stream().map(image -> image.image()).toList();
    for (int b = 0; b < plain.size(); b++) {
      float[] known = probe.style(plain.get(b)).known();
      styles.add(new Seen(Kind.SOURCE, names.get(b), first + b, 0, labels.get(b), exact(known)));
    }
    addFeatures(Kind.SOURCE, first, 0, plain, names, labels);
    List<RgbImage> stylised = new ArrayList<>();
    List<Codes> path = new ArrayList<>();
    List<StepRecord> steps =
        probe.mine(
            batch,
            sampling,
            depth,
            (step, rgb, codes, loss) -> {
              path.add(codes);
              if (step == depth - 1) {
                pictures(rgb, stylised);
              }
            });
    addFeatures(Kind.MINED, first, depth, stylised, names, labels);
    for (int i = 0; i < depth; i++) {
      float[][] decoded = probe.decode(path.get(i).eps());
      for (int b = 0; b < decoded.length; b++) {
        styles.add(
            new Seen(Kind.MINED, names.get(b), first + b, i + 1, labels.get(b), exact(decoded[b])));
      }
      count(i, steps.get(i), travelled(path.get(0), path.get(i)), plain.size());
    }
    images += plain.size();
  }

  /**
   * A real target image that training does not have.
   *
   * @param label of the image as a whole; else empty
   */
  public void target(RgbImage image, String name, String label) {
    MiningProbe.Style style = probe.style(TaskTraining.asTrainedOn(training.config(), image));
    ownTargetStyles.add(exact(style.own()));
    styles.add(new Seen(Kind.TARGET, name, NO_DRAW, 0, label, exact(style.known())));
    addFeatures(
        Kind.TARGET, NO_DRAW, 0, List.of(predictor.resized(image)), List.of(name), List.of(label));
  }

  /**
   * One source image in several styles of a sampling strategy: of the last mining step, drawn with
   * the same noise whatever the strategy.
   *
   * @param seed of the noise
   */
  public List<RgbImage> drawn(SourceBatch image, Sampling kind, int count, long seed) {
    SamplingStrategy strategy = training.sampling(kind, new Noise(seed));
    // Without steps to climb, one draw is like another.
    int steps = kind == Sampling.ADVERSARIAL ? depth : 1;
    List<RgbImage> drawn = new ArrayList<>();
    for (int draw = 0; draw < count; draw++) {
      SourceBatch again = new SourceBatch(image.images(), new long[] {draw}, List.of());
      probe.mine(
          again,
          strategy,
          steps,
          (step, rgb, codes, loss) -> {
            if (step == steps - 1) {
              pictures(rgb, drawn);
            }
          });
    }
    return drawn;
  }

  /**
   * Lays out what was gathered.
   *
   * @param checkpoint that the network is of
   * @param seed of the layouts
   * @param notes for the reader
   * @throws IllegalArgumentException where fewer than {@link Tsne#FEWEST_VECTORS} styles or
   *     features were gathered, or more than {@link Tsne#MOST_VECTORS}
   */
  public Explanation explanation(String checkpoint, long seed, List<String> notes) {
    double[][] scaled = Neighbourhoods.standardised(vectors(styles));
    return new Explanation(
        checkpoint,
        seed,
        training.config().mining().sampling().word(),
        images,
        ownTargetStyles.size(),
        notes,
        steps(),
        styleLoss(),
        embedding(styles, scaled, seed),
        nearest(scaled),
        embedding(features, vectors(features), seed),
        neighbours());
  }

  private void addFeatures(
      Kind kind,
      int first,
      int step,
      List<RgbImage> seen,
      List<String> names,
      List<String> labels) {
    float[][] z = predictor.features(seen);
    for (int b = 0; b < z.length; b++) {
      features.add(
          new Seen(
              kind,
              names.get(b),
              kind == Kind.TARGET ? NO_DRAW : first + b,
              step,
              labels.get(b),
              exact(z[b])));
    }
  }

  private void count(int step, StepRecord record, double travelled, int weight) {
    double[] values = {
      record.loss(), record.styleDistance(), travelled, record.noiseLength(), record.stepLength()
    };
    for (int k = 0; k < values.length; k++) {
      sums[step][k] += weight * values[k];
    }
  }

  private List<Explanation.Step> steps() {
    List<Explanation.Step> steps = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      double[] mean = Arrays.stream(sums[i]).map(sum -> sum / images).toArray();
      steps.add(new Explanation.Step(i + 1, mean[0], mean[1], mean[2], mean[3], mean[4]));
    }
    return steps;
  }

  /** Share of the target styles' variance that D_vae(psi) does not have. */
  private double styleLoss() {
    int n = ownTargetStyles.size();
    if (n < 2) {
      return Double.NaN;
    }
    double[][] own = ownTargetStyles.toArray(double[][]::new);
    double[][] known = vectors(of(seen -> seen.kind() == Kind.TARGET));
    double lost = 0;
    double all = 0;
    for (int k = 0; k < own[0].length; k++) {
      double mean = 0;
      for (double[] style : own) {
        mean += style[k] / n;
      }
      double variance = 0;
      double error = 0;
      for (int i = 0; i < n; i++) {
        variance += (own[i][k] - mean) * (own[i][k] - mean);
        error += (own[i][k] - known[i][k]) * (own[i][k] - known[i][k]);
      }
      lost += error;
      all += variance;
    }
    return lost / all;
  }

  private List<Explanation.Nearest> nearest(double[][] scaled) {
    List<double[]> targets = scaled(scaled, seen -> seen.kind() == Kind.TARGET);
    List<Explanation.Nearest> found = new ArrayList<>();
    found.add(nearest("another target image", targets, targets));
    found.add(nearest("the anchor", targets, scaled(scaled, s -> s.kind() == Kind.ANCHOR)));
    found.add(nearest("a source image", targets, scaled(scaled, s -> s.kind() == Kind.SOURCE)));
    found.add(
        nearest(
            depth == 1 ? "a drawn style" : "a style of the first step",
            targets,
            scaled(scaled, s -> s.kind() == Kind.MINED && s.step() == 1)));
    if (depth > 1) {
      found.add(nearest("a style of the last step", targets, scaled(scaled, s -> s.isLast(depth))));
    }
    return found;
  }

  private static Explanation.Nearest nearest(
      String of, List<double[]> targets, List<double[]> others) {
    return new Explanation.Nearest(
        of, others.size(), Neighbourhoods.medianNearest(targets, others));
  }

  private List<Explanation.Neighbours> neighbours() {
    List<Explanation.Neighbours> found = new ArrayList<>();
    int n = features.size();
    if (ownTargetStyles.isEmpty()) {
      return found;
    }
    double[][] vectors = vectors(features);
    boolean[] targets = flags(Kind.TARGET);
    for (Kind kind : List.of(Kind.TARGET, Kind.SOURCE, Kind.MINED)) {
      boolean[] counted = flags(kind);
      int count = 0;
      for (boolean flag : counted) {
        count += flag ? 1 : 0;
      }
      String words =
          switch (kind) {
            case TARGET, ANCHOR -> "other target images";
            case SOURCE -> "source images";
            case MINED -> "stylised source images";
          };
      double others = kind == Kind.TARGET ? count - 1 : count;
      found.add(
          new Explanation.Neighbours(
              words,
              count,
              Neighbourhoods.share(vectors, targets, counted, Math.min(NEIGHBOURS, n - 1)),
              others / (n - 1)));
    }
    return found;
  }

  private boolean[] flags(Kind kind) {
    boolean[] flags = new boolean[features.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = features.get(i).kind() == kind;
    }
    return flags;
  }

  private static Explanation.Embedding embedding(List<Seen> seen, double[][] vectors, long seed) {
    Tsne.Layout layout = Tsne.of(vectors, Tsne.Options.usual(seed));
    List<Explanation.Point> points = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      Seen one = seen.get(i);
      double[] at = layout.points()[i];
      points.add(
          new Explanation.Point(
              one.kind(), one.name(), one.draw(), one.step(), one.label(), at[0], at[1]));
    }
    return new Explanation.Embedding(
        vectors[0].length, layout.perplexity(), layout.divergence(), points);
  }

  private List<Seen> of(Predicate<Seen> which) {
    return styles.stream().filter(which).toList();
  }

  private List<double[]> scaled(double[][] scaled, Predicate<Seen> which) {
    List<double[]> chosen = new ArrayList<>();
    for (int i = 0; i < scaled.length; i++) {
      if (which.test(styles.get(i))) {
        chosen.add(scaled[i]);
      }
    }
    return chosen;
  }

  private static double[][] vectors(List<Seen> seen) {
    return seen.stream().map(Seen::vector).toArray(double[][]::new);
  }

  private static void pictures(FeatureMap rgb, List<RgbImage> to) {
    for (int b = 0; b < rgb.batch(); b++) {
      to.add(Images.fromMap(rgb, b));
    }
  }

  /** Mean over the images of the distance between two steps' codes. */
  private static double travelled(Codes from, Codes to) {
    return new Codes(to.eps(), from.eps(), to.noiseLength()).meanDistance();
  }

  private static double[] exact(float[] values) {
    double[] exact = new double[values.length];
    for (int i = 0; i < exact.length; i++) {
      exact[i] = values[i];
    }
    return exact;
  }
}
