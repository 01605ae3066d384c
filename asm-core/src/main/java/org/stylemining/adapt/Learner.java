package org.stylemining.adapt;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.nn.BilinearResize;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.SoftmaxCrossEntropy;
import org.stylemining.task.Consistency;
import org.stylemining.task.TaskModel;

/**
 * The task model and what updates it: one forward pass, one backward pass, one step of the
 * optimizer.
 */
public final class Learner implements AutoCloseable {
  private final TaskModel model;
  private final Optimizer optimizer;
  private final Schedule schedule;
  private final INDArray state;
  private final BilinearResize resize;
  private final double statisticsShare;
  private StatisticsMeter meter;

  /** Takes the model over, whose statistics nobody asks for. */
  public Learner(TaskModel model, Optimizer optimizer, Schedule schedule) {
    this(model, optimizer, schedule, 0);
  }

  /**
   * Takes the model over.
   *
   * @param statisticsShare share of a batch in the model's running statistics
   */
  public Learner(TaskModel model, Optimizer optimizer, Schedule schedule, double statisticsShare) {
    this.model = model;
    this.statisticsShare = statisticsShare;
    this.optimizer = optimizer;
    this.schedule = schedule;
    long n = optimizer.statesPerParameter() * model.parameters().size();
    state = n == 0 ? null : Nd4j.createUninitializedDetached(model.buffers().type(), n);
    if (state != null) {
      state.assign(0);
    }
    resize = new BilinearResize(model.buffers());
  }

  public TaskModel model() {
    return model;
  }

  /** The optimizer's state; null where it has none. */
  public INDArray state() {
    return state;
  }

  public Schedule schedule() {
    return schedule;
  }

  /**
   * What the model's batch-norm layers see in the forward passes that training makes; the updates
   * of that training are left out. The running statistics are lost.
   *
   * @param training forward and backward passes and steps of this learner
   * @throws IllegalStateException where no share of a batch enters the running statistics
   */
  public BatchStatistics statistics(Runnable training) {
    if (statisticsShare <= 0) {
      throw new IllegalStateException("this model's running statistics do not follow its batches");
    }
    meter = new StatisticsMeter(model.parameters(), statisticsShare);
    try {
      training.run();
      return meter.sums();
    } finally {
      meter = null;
    }
  }

  /**
   * The loss of one batch.
   *
   * @param loss L_M = task + lambda * consistency
   * @param task mean cross-entropy over labelled pixels
   * @param consistency Eq. 7, without its weight
   * @param inputGradient dL_M at the images, the caller's to give back; null where not asked for
   */
  public record Result(double loss, double task, double consistency, FeatureMap inputGradient) {}

  /**
   * Loss and gradients of a batch; the parameters stay as they are.
   *
   * @param images [styles * contents, H, W, 3], prepared, ordered by style
   * @param labels one array of train ids per image: H*W, or one where the model labels images as a
   *     whole
   * @param contents number of different contents; images of the same content are to agree
   * @param lambda weight of their disagreement, Eq. 7; 0: not computed
   * @param inputGradient whether the gradient at the images is wanted
   */
  public Result gradients(
      FeatureMap images, List<byte[]> labels, int contents, double lambda, boolean inputGradient) {
    Buffers buffers = model.buffers();
    if (meter != null) {
      meter.before();
    }
    FeatureMap logits = model.forward(images, true);
    if (meter != null) {
      meter.after();
    }
    FeatureMap scores = scores(logits, images);
    double task = SoftmaxCrossEntropy.lossAndGradient(scores, labels);
    FeatureMap dLogits = scores;
    if (model.labelsPixels()) {
      dLogits = resize.backward(scores, logits.height(), logits.width());
      buffers.give(scores);
    }
    double consistency = 0;
    FeatureMap dFeatures = null;
    if (lambda > 0 && images.batch() > contents) {
      Consistency.Result r = Consistency.of(model.features(), contents, lambda, buffers);
      consistency = r.loss();
      dFeatures = r.gradient();
    }
    FeatureMap dImages = model.backward(dLogits, dFeatures, inputGradient);
    buffers.give(logits);
    return new Result(task + lambda * consistency, task, consistency, dImages);
  }

  /** Predictions in the labels' extent, as an array of their own. */
  private FeatureMap scores(FeatureMap logits, FeatureMap images) {
    if (model.labelsPixels()) {
      return resize.forward(logits, images.height(), images.width());
    }
    FeatureMap copy = logits.with(model.buffers().take(logits.pixels(), logits.channels()));
    copy.rows().assign(logits.rows());
    return copy;
  }

  /** Applies the gradients gathered so far. */
  public void step(long update) {
    if (meter != null) {
      model.parameters().gradient().assign(0);
      return;
    }
    optimizer.update(
        model.parameters(), state, schedule.rate(update), update, model.buffers().lanes());
  }

  @Override
  public void close() {
    resize.close();
    if (state != null) {
      state.close();
    }
    model.close();
  }
}
