package org.stylemining.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.adapt.Learner;
import org.stylemining.adapt.Optimizer;
import org.stylemining.adapt.Schedule;
import org.stylemining.config.OptimizerKind;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Fixture;
import org.stylemining.nn.Parameter;

/**
 * ResNet-18 at reduced width: predictions, loss and every gradient against PyTorch's, in double.
 */
class ResNet18MatchesPyTorchTest {
  private static final double EXACT = 1e-8;
  private final Fixture fixture = new Fixture("resnet18-tiny");
  private final Buffers buffers = new Buffers(DataType.DOUBLE);

  @AfterEach
  void close() {
    buffers.close();
  }

  @Test
  void lossAndAllGradients() {
    ResNet18 model = model();
    FeatureMap input = fixture.map("input");
    FeatureMap evaluated = model.forward(input, false);
    fixture.assertClose(evaluated, "eval/logits", EXACT);
    buffers.give(evaluated);

    try (Learner learner = learner(model)) {
      Learner.Result result = learner.gradients(input, fixture.labels("labels"), 1, 0.1, true);
      assertThat(result.task()).isCloseTo(fixture.number("task_loss"), offset(1e-10));
      assertThat(result.consistency()).isCloseTo(fixture.number("consistency"), offset(1e-10));
      assertThat(result.loss()).isCloseTo(fixture.number("loss"), offset(1e-10));
      fixture.assertClose(result.inputGradient(), "grad/input", EXACT);
      for (Parameter p : model.parameters().parameters()) {
        if (p.hasGradient()) {
          fixture.assertClose(p.publishGradient(), "grad/" + p.name(), EXACT);
        } else {
          fixture.assertClose(p.value(), "after/" + p.name(), EXACT);
        }
      }
      buffers.give(result.inputGradient());
      assertThat(buffers.lentCount()).as("buffers still lent").isZero();
    }
  }

  @Test
  void predictionsAndFeaturesInTrainingAreOneRowPerImage() {
    try (ResNet18 model = model()) {
      fixture.assertClose(model.forward(fixture.map("input"), true), "logits", EXACT);
      fixture.assertClose(model.features(), "z", EXACT);
    }
  }

  @Test
  void refusesLabelsOfPixels() {
    FeatureMap input = fixture.map("input");
    byte[] pixels = new byte[33 * 43];
    try (Learner learner = learner(model())) {
      assertThatThrownBy(
              () -> learner.gradients(input, List.of(pixels, pixels, pixels), 3, 0, false))
          .hasMessage("image 0: expected 1 labels, found 1419");
    }
  }

  private ResNet18 model() {
    ResNet18 model =
        new ResNet18(5, 1.0 / 32, new BatchNorm.Options(true, true, 0.1), buffers, true);
    fixture.fill(model.parameters(), "");
    return model;
  }

  private static Learner learner(TaskModel model) {
    return new Learner(
        model, new Optimizer(OptimizerKind.SGD, 0, 0, 1), new Schedule(0.1, 0, 0, 10));
  }
}
