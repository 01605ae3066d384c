package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.config.BatchRule;
import org.stylemining.config.OptimizerKind;
import org.stylemining.data.SourceBatch;
import org.stylemining.mining.Codes;
import org.stylemining.mining.SamplingStrategy;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Parameter;
import org.stylemining.nn.ParameterStore;
import org.stylemining.report.StepRecord;
import org.stylemining.style.Rain;
import org.stylemining.task.TaskModel;
import org.stylemining.weights.Safetensors;

/**
 * One batch of style mining as training does it, with the codes of a part of the script, held
 * against that part's images, losses, gradients and batch-norm statistics.
 *
 * @param due the part's numbers
 * @param table takes the deviations
 */
record FullWidthMining(Safetensors due, ParityTable table) {
  private static final double OUTPUTS = 1e-4;
  private static final double GRADIENTS = 1e-3;

  /**
   * A tensor's exact gradient below this share of the whole gradient's norm is zero but for
   * float64's rounding: that of PAM's key bias, which softmax does not see.
   */
  private static final double ZERO = 1e-9;

  /** The script's codes; keeps the gradient it is shown. */
  private final class GivenCodes implements SamplingStrategy {
    private final int images;
    private double[][] gradient;

    GivenCodes(int images) {
      this.images = images;
    }

    @Override
    public Codes next(
        long[] positions, int miningStep, Codes previous, double[][] shown, double loss) {
      if (shown != null && gradient == null) {
        gradient = shown;
      }
      double[] values = due.doubles("step%d/eps".formatted(Math.min(miningStep + 1, depth())));
      int latent = values.length / images;
      double[][] eps = new double[images][latent];
      for (int i = 0; i < values.length; i++) {
        eps[i / latent][i % latent] = values[i];
      }
      return new Codes(eps, new double[images][latent], new double[images]);
    }

    /** As in adversarial mining, but that a single step's gradient is looked at too. */
    @Override
    public boolean usesGradient(int miningStep, int depth) {
      return miningStep + 1 < depth || depth == 1;
    }
  }

  /** What a group of tensors adds up to. */
  private static final class Group {
    private int tensors;
    private double worst;
    private double torch;

    void add(double l2, double torchL2) {
      tensors++;
      worst = Math.max(worst, l2);
      torch = Math.max(torch, torchL2);
    }
  }

  private int depth() {
    return Integer.parseInt(due.metadata().get("depth"));
  }

  private double setting(String name) {
    return Double.parseDouble(due.metadata().get(name));
  }

  /** Mines the batch; the model is taken over. */
  void compare(Rain rain, TaskModel model, SourceBatch batch) {
    Optimizer optimizer =
        new Optimizer(
            OptimizerKind.SGD, setting("momentum"), setting("decay"), setting("classifier_rate"));
    GivenCodes codes = new GivenCodes(batch.size());
    StyleMining mining =
        new StyleMining(
            rain,
            codes,
            new StyleMining.Options(
                depth(), setting("consistency"), BatchRule.STYLISED_AND_SOURCE));
    try (Learner learner = new Learner(model, optimizer, new Schedule(setting("rate"), 0, 0, 10))) {
      ParameterStore store = model.parameters();
      List<StepRecord> records =
          mining.mine(
              batch,
              0,
              learner,
              true,
              (step, rgb, used, loss) -> {
                String prefix = "step" + (step + 1) + "/";
                table.outputs(
                    shown(prefix) + "stylised", planes(rgb), due, prefix + "stylised", OUTPUTS);
                gradients(store, prefix);
              });
      for (int i = 0; i < records.size(); i++) {
        String prefix = "step" + (i + 1) + "/";
        StepRecord r = records.get(i);
        number(prefix + "task", r.taskLoss());
        number(prefix + "consistency", r.consistency());
        number(prefix + "loss", r.loss());
      }
      codeGradient(codes.gradient);
      statistics(store);
      assertThat(model.buffers().lentCount()).as("buffers still lent").isZero();
    }
  }

  private void number(String name, double found) {
    table.outputs(shown(name), new float[] {(float) found}, due, name, OUTPUTS);
    assertThat(found).isCloseTo(due.doubles("double/" + name)[0], withPercentage(0.01));
  }

  private void gradients(ParameterStore store, String prefix) {
    Map<String, Group> groups = new LinkedHashMap<>();
    List<Parameter> updated = store.parameters().stream().filter(Parameter::hasGradient).toList();
    double whole =
        Math.sqrt(updated.stream().mapToDouble(p -> Math.pow(norm(prefix, p.name()), 2)).sum());
    double square = 0;
    double torchSquare = 0;
    List<String> zero = new ArrayList<>();
    List<String> beyond = new ArrayList<>();
    for (Parameter p : updated) {
      double norm = norm(prefix, p.name());
      double torch = due.doubles(prefix + "deviation/" + p.name())[0];
      INDArray published = p.publishGradient();
      float[] found = published.data().asFloat();
      published.close();
      if (norm < ZERO * whole) {
        zero.add(p.name());
        double rounding = Math.sqrt(sumOfSquares(found));
        assertThat(rounding / whole).as(prefix + p.name() + ", exactly zero").isLessThan(1e-6);
        continue;
      }
      double l2 =
          ParityTable.Deviation.of(found, due.doubles(prefix + "gradient/" + p.name())).l2();
      if (!(l2 < GRADIENTS)) {
        beyond.add(p.name() + " " + ParityTable.number(l2));
      }
      square += Math.pow(l2 * norm, 2);
      torchSquare += Math.pow(torch * norm, 2);
      groups.computeIfAbsent(p.name().replaceFirst("\\..*", ""), k -> new Group()).add(l2, torch);
    }
    groups.forEach(
        (name, group) ->
            table.gradients(
                "%sdL/dtheta, %s, worst of %d".formatted(shown(prefix), name, group.tensors),
                group.worst,
                group.torch,
                GRADIENTS));
    table.gradients(
        shown(prefix) + "dL/dtheta as one vector",
        Math.sqrt(square) / whole,
        Math.sqrt(torchSquare) / whole,
        GRADIENTS);
    if (!zero.isEmpty()) {
      table.remark(
          shown(prefix) + "zero but for rounding, not compared: " + String.join(" ", zero));
    }
    assertThat(beyond).as(prefix + "gradients that deviate from float64's").isEmpty();
  }

  private double norm(String prefix, String name) {
    return due.doubles(prefix + "norm/" + name)[0];
  }

  private void codeGradient(double[][] gradient) {
    assertThat(gradient).as("the gradient at the codes of step 1").isNotNull();
    float[] found = new float[gradient.length * gradient[0].length];
    for (int i = 0; i < found.length; i++) {
      found[i] = (float) gradient[i / gradient[0].length][i % gradient[0].length];
    }
    double l2 = ParityTable.Deviation.of(found, due.doubles("step1/gradient/eps")).l2();
    table.gradients("step 1: dL/deps", l2, due.doubles("step1/deviation/eps")[0], GRADIENTS);
    assertThat(l2).as("dL/deps").isLessThan(GRADIENTS);
  }

  /** Running means and variances after the batch, all as one row of the table. */
  private void statistics(ParameterStore store) {
    double worst = 0;
    double l2 = 0;
    double torch = 0;
    int tensors = 0;
    for (Parameter p : store.parameters()) {
      if (p.role() != Parameter.Role.STATISTIC) {
        continue;
      }
      double[] exact = due.doubles("double/after/" + p.name());
      ParityTable.Deviation d =
          ParityTable.Deviation.of(
              p.value().dup('c').data().asFloat(), due.doubles("single/after/" + p.name()));
      worst = Math.max(worst, d.largest());
      l2 = Math.max(l2, ParityTable.Deviation.of(p.value().dup('c').data().asFloat(), exact).l2());
      torch =
          Math.max(
              torch, ParityTable.Deviation.of(due.floats("single/after/" + p.name()), exact).l2());
      tensors++;
      assertThat(d.largest()).as(p.name() + " afterwards").isLessThan(OUTPUTS);
    }
    assertThat(tensors).as("running statistics").isPositive();
    table.gradients("running statistics, worst of " + tensors, l2, torch, OUTPUTS);
  }

  /** {@code step1/loss} as people read it. */
  private static String shown(String name) {
    return name.replaceFirst("step(\\d+)/", "step $1: ");
  }

  private static double sumOfSquares(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += (double) v * v;
    }
    return sum;
  }

  /** Values in PyTorch's order, [B, C, H, W]. */
  static float[] planes(FeatureMap map) {
    return map.cube().permute(0, 3, 1, 2).dup('c').data().asFloat();
  }
}
