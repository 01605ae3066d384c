package org.stylemining.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class OperationCheckTest {
  private static final String LAYER = "asm layer: layer1.0.conv2 forward at input 2x9x9x64";
  private static final String OPERATION = "Executing op: [conv2d]";

  @Test
  void everyOperationOfAMiningStepRunsAsOneDnns() {
    assumeTrue(Nd4j.getEnvironment().isCPU(), "oneDNN is the processor's");

    OperationCheck check = OperationCheck.run(new StepSize(1, 128, 256));

    assertThat(check.slow()).isEmpty();
    assertThat(check.implementations().keySet())
        .anyMatch(ran -> ran.startsWith("conv2d: convolution "))
        .anyMatch(ran -> ran.startsWith("conv2d_bp: convolution "))
        .anyMatch(ran -> ran.startsWith("matmul: matmul "))
        .anyMatch(ran -> ran.startsWith("batchnorm: batch_normalization "))
        .anyMatch(ran -> ran.startsWith("maxpool2d: pooling"))
        .anyMatch(ran -> ran.startsWith("maxpool2d_bp: pooling"));
  }

  @Test
  void anOperationWithoutAPrimitiveIsNamedWithItsLayer() {
    OperationCheck check =
        OperationCheck.of(List.of(LAYER, OPERATION, "noise", LAYER, OPERATION, "noise"));

    assertThat(check.passed()).isFalse();
    assertThat(check.slow())
        .singleElement()
        .asString()
        .contains("layer1.0.conv2", "2x9x9x64", "conv2d", "found none", "2 times");
    assertThat(check.toText()).contains("Off the fast path", "layer1.0.conv2");
  }

  @Test
  void aReferenceImplementationIsNamed() {
    assertThat(OperationCheck.of(List.of(LAYER, OPERATION, ran("convolution", "ref:any"))).slow())
        .singleElement()
        .asString()
        .contains("reference", "ref:any");
    assertThat(OperationCheck.of(List.of(LAYER, OPERATION, ran("convolution", "gemm:ref"))).slow())
        .hasSize(1);
  }

  @Test
  void copiesBetweenLayoutsAreNotTheOperation() {
    assertThat(
            OperationCheck.of(
                    List.of(
                        LAYER,
                        OPERATION,
                        ran("reorder", "simple:any"),
                        ran("convolution", "jit:avx2")))
                .passed())
        .isTrue();
    assertThat(OperationCheck.of(List.of(LAYER, OPERATION, ran("reorder", "jit:uni"))).passed())
        .isFalse();
  }

  @Test
  void aBackwardConvolutionTakesTwoPrimitives() {
    String half = ran("convolution", "jit:avx2");

    assertThat(OperationCheck.of(List.of("Executing op: [conv2d_bp]", half)).passed()).isFalse();
    assertThat(OperationCheck.of(List.of("Executing op: [conv2d_bp]", half, half)).passed())
        .isTrue();
  }

  @Test
  void whatIsNotOneDnnsByDesignIsNotLookedAt() {
    assertThat(
            OperationCheck.of(
                    List.of("Executing op: [relu]", OPERATION, ran("convolution", "jit:avx2")))
                .passed())
        .isTrue();
  }

  @Test
  void silenceIsNoSuccess() {
    assertThatThrownBy(() -> OperationCheck.of(List.of("nothing")))
        .hasMessageContaining("named none");
  }

  private static String ran(String primitive, String implementation) {
    return "dnnl_verbose,exec,cpu,%s,%s,forward_inference,src_f32,,,mb1,0.2"
        .formatted(primitive, implementation);
  }
}
