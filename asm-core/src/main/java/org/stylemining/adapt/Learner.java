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

  /** Takes the model over. */
  public Learner(TaskModel model, Optimizer optimizer, Schedule schedule) {
    this.model = model;
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
   * @param labels one array of H*W train ids per image
   * @param contents number of different contents; images of the same content are to agree
   * @param lambda weight of their disagreement, Eq. 7; 0: not computed
   * @param inputGradient whether the gradient at the images is wanted
   */
  public Result gradients(
      FeatureMap images, List<byte[]> labels, int contents, double lambda, boolean inputGradient) {
    Buffers buffers = model.buffers();
    FeatureMap logits = model.forward(images, true);
    FeatureMap full = resize.forward(logits, images.height(), images.width());
    double task = SoftmaxCrossEntropy.lossAndGradient(full, labels);
    FeatureMap dLogits = resize.backward(full, logits.height(), logits.width());
    buffers.give(full);
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

  /** Applies the gradients gathered so far. */
  public void step(long update) {
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
