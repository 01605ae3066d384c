package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.OptimizerKind;
import org.stylemining.nn.Parameter.Initial;
import org.stylemining.nn.Parameter.Role;
import org.stylemining.nn.ParameterStore;
import org.stylemining.nn.cpu.Lanes;

class OptimizerTest {
  private final Lanes lanes = new Lanes(1);

  @Test
  void sgdWithMomentumAndDecayTakesPyTorchsSteps() {
    ParameterStore store = store();
    Optimizer sgd = new Optimizer(OptimizerKind.SGD, 0.9, 0.01, 10);
    INDArray state = Nd4j.zeros(DataType.DOUBLE, 4);
    double theta = 1;
    double classifier = 1;
    double v = 0;
    double w = 0;
    for (int i = 0; i < 3; i++) {
      store.gradient().assign(0.5);
      sgd.update(store, state, 0.1, i, lanes);
      v = 0.9 * v + 0.5 + 0.01 * theta;
      theta -= 0.1 * v;
      w = 0.9 * w + 0.5 + 0.01 * classifier;
      classifier -= 1.0 * w;
    }
    assertThat(store.get("body").value().getDouble(0)).isCloseTo(theta, offset(1e-12));
    assertThat(store.get("head").value().getDouble(0)).isCloseTo(classifier, offset(1e-12));
  }

  @Test
  void adamsFirstStepIsTheLearningRateAgainstTheGradientsSign() {
    ParameterStore store = store();
    Optimizer adam = new Optimizer(OptimizerKind.ADAM, 0, 0, 1);
    store.gradient().assign(-3);
    adam.update(store, Nd4j.zeros(DataType.DOUBLE, 8), 0.01, 0, lanes);
    assertThat(store.get("body").value().getDouble(0)).isCloseTo(1.01, offset(1e-6));
  }

  @Test
  void frozenParametersAndStatisticsStayAndTheGradientIsCleared() {
    ParameterStore store = store();
    store.gradient().assign(1);
    new Optimizer(OptimizerKind.SGD, 0, 0.5, 1).update(store, null, 0.1, 0, lanes);
    assertThat(store.get("scale").value().getDouble(0)).isEqualTo(1);
    assertThat(store.get("mean").value().getDouble(0)).isEqualTo(1);
    assertThat(store.gradient().sumNumber().doubleValue()).isZero();
  }

  @Test
  void theRateWarmsUpLinearlyAndFallsToZero() {
    Schedule schedule = new Schedule(1, 0.9, 10, 100);
    assertThat(schedule.rate(0)).isCloseTo(0.1, offset(1e-12));
    assertThat(schedule.rate(50)).isCloseTo(Math.pow(0.5, 0.9), offset(1e-12));
    assertThat(schedule.rate(100)).isZero();
  }

  @Test
  void theStepScheduleDividesTheRateAtItsSteps() {
    AsmConfig config =
        ConfigReader.parse(
            "training { schedule = step, steps = [100, 200], learning-rate = 0.5, warm-up = 10 }",
            "test.conf",
            List.of());
    Schedule schedule = Schedule.of(config.training());
    assertThat(schedule.rate(0)).isCloseTo(0.05, offset(1e-12));
    assertThat(schedule.rate(99)).isCloseTo(0.5, offset(1e-12));
    assertThat(schedule.rate(100)).isCloseTo(0.05, offset(1e-12));
    assertThat(schedule.rate(199)).isCloseTo(0.05, offset(1e-12));
    assertThat(schedule.rate(1_000_000)).isCloseTo(0.005, offset(1e-12));
  }

  private static ParameterStore store() {
    ParameterStore store = new ParameterStore(DataType.DOUBLE);
    store.add("mean", Role.STATISTIC, Initial.ONE, 1);
    store.add("scale", Role.FROZEN, Initial.ONE, 1);
    store.add("head", Role.CLASSIFIER, Initial.ONE, 1);
    store.add("body", Role.TRAINED, Initial.ONE, 1);
    store.allocate(true);
    store.initialise(1);
    return store;
  }
}
