package org.stylemining.doctor;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.nn.Kernels;

/** A process of its own that runs one convolution and one matrix product, so that oneDNN speaks. */
final class OneDnnProbe {
  private static final int CHANNELS = 32;
  private static final int EXTENT = 16;

  private OneDnnProbe() {}

  public static void main(String[] args) {
    INDArray x = Nd4j.ones(DataType.FLOAT, 1, EXTENT, EXTENT, CHANNELS);
    INDArray kernel = Nd4j.ones(DataType.FLOAT, 3, 3, CHANNELS, CHANNELS);
    INDArray y = Nd4j.zeros(DataType.FLOAT, 1, EXTENT, EXTENT, CHANNELS);
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d")
            .addInputs(x, kernel)
            .addOutputs(y)
            .addIntegerArguments(3, 3, 1, 1, 1, 1, 1, 1, 0, 1, 0)
            .build());
    Kernels.multiply(
        x.reshape('c', EXTENT * EXTENT, CHANNELS),
        Nd4j.ones(DataType.FLOAT, CHANNELS, CHANNELS),
        y.reshape('c', EXTENT * EXTENT, CHANNELS));
  }
}
