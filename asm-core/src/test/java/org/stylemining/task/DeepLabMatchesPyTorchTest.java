package org.stylemining.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.adapt.Learner;
import org.stylemining.adapt.Optimizer;
import org.stylemining.adapt.Schedule;
import org.stylemining.config.Backbone;
import org.stylemining.config.OptimizerKind;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Fixture;
import org.stylemining.nn.Parameter;

/**
 * Whole networks at reduced width: predictions, loss and every gradient against PyTorch's, in
 * double.
 */
class DeepLabMatchesPyTorchTest {
  private static final double EXACT = 1e-8;

  @ParameterizedTest
  @CsvSource({
    "deeplab-resnet18-tiny, RESNET18, 0.0625, false, true",
    "deeplab-resnet50-tiny, RESNET50, 0.03125, false, true",
    "deeplab-resnet101-tiny, RESNET101, 0.03125, false, true",
    "deeplab-resnet18-attention-tiny, RESNET18, 0.03125, true, true",
    "deeplab-resnet18-attention-tiny, RESNET18, 0.03125, true, false"
  })
  void lossAndAllGradients(
      String name, Backbone backbone, double width, boolean attention, boolean batchStatistics) {
    Fixture fixture = new Fixture(name);
    Buffers buffers = new Buffers(DataType.DOUBLE);
    DeepLabV2 model =
        new DeepLabV2(
            new Architecture(
                backbone,
                width,
                5,
                List.of(1, 2, 3, 4),
                attention,
                new BatchNorm.Options(true, batchStatistics, 0.1)),
            buffers,
            true);
    fixture.fill(model.parameters(), "");
    FeatureMap input = fixture.map("input");
    FeatureMap evaluated = model.forward(input, false);
    fixture.assertClose(evaluated, "eval/logits", EXACT);
    buffers.give(evaluated);

    Learner learner =
        new Learner(model, new Optimizer(OptimizerKind.SGD, 0, 0, 1), new Schedule(0.1, 0, 0, 10));
    Learner.Result result = learner.gradients(input, fixture.labels("labels"), 1, 0.1, true);
    String prefix = batchStatistics ? "" : "running/";
    assertThat(result.loss()).isCloseTo(fixture.number(prefix + "loss"), offset(1e-10));
    fixture.assertClose(result.inputGradient(), prefix + "grad/input", EXACT);
    for (Parameter p : model.parameters().parameters()) {
      if (p.hasGradient()) {
        fixture.assertClose(p.publishGradient(), prefix + "grad/" + p.name(), EXACT);
      } else if (batchStatistics) {
        fixture.assertClose(p.value(), "after/" + p.name(), EXACT);
      }
    }
    buffers.give(result.inputGradient());
    assertThat(buffers.lentCount()).as("buffers still lent").isZero();
  }
}
