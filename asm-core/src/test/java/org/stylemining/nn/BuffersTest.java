package org.stylemining.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class BuffersTest {
  private static final int FLOAT = 4;

  @Test
  void whatWasGivenBackIsLentAgain() {
    try (Buffers buffers = new Buffers(DataType.FLOAT)) {
      buffers.give(buffers.take(10, 10));
      buffers.take(20, 5);
      assertThat(buffers.bytes()).isEqualTo(100 * FLOAT);
    }
  }

  @Test
  void aMatrixMayStandInABufferOfUpToFourTimesItsLength() {
    try (Buffers buffers = new Buffers(DataType.FLOAT)) {
      buffers.give(buffers.take(10, 10));
      INDArray shorter = buffers.take(5, 5);
      shorter.assign(3);
      assertThat(shorter.shape()).containsExactly(5, 5);
      assertThat(shorter.sumNumber().doubleValue()).isEqualTo(75);
      assertThat(buffers.bytes()).isEqualTo(100 * FLOAT);
      buffers.give(shorter);
      assertThat(buffers.lentCount()).isZero();
      buffers.take(4, 6);
      assertThat(buffers.bytes()).isEqualTo(124 * FLOAT);
    }
  }

  @Test
  void shorterIdleBuffersAreTradedInForALongerOne() {
    try (Buffers buffers = new Buffers(DataType.FLOAT)) {
      INDArray a = buffers.take(10, 6);
      INDArray b = buffers.take(10, 5);
      INDArray lent = buffers.take(10, 4);
      buffers.give(a);
      buffers.give(b);
      buffers.take(10, 10);
      assertThat(buffers.bytes()).isEqualTo((100 + lent.length()) * FLOAT);
    }
  }

  @Test
  void aPartOfAMatrixDoesNotGiveTheWholeBack() {
    try (Buffers buffers = new Buffers(DataType.FLOAT)) {
      INDArray whole = buffers.take(10, 10);
      buffers.give(Kernels.rows(whole, 0, 5));
      assertThat(buffers.lentCount()).isEqualTo(1);
    }
  }

  @Test
  void slicesOfATradedBufferAreNotHandedOutForItsSuccessor() {
    try (Buffers buffers = new Buffers(DataType.FLOAT)) {
      for (int i = 1; i < 50; i++) {
        INDArray matrix = buffers.take(4L * i, 8);
        matrix.assign(i);
        assertThat(buffers.slices(matrix, 4)[3].meanNumber().doubleValue()).isEqualTo(i);
        buffers.give(matrix);
      }
    }
  }

  @Test
  void aStepThatRepeatsItselfEndsUpAllocatingNothing() {
    try (Buffers buffers = new Buffers(DataType.FLOAT)) {
      long before = 0;
      for (int step = 0; step < 8; step++) {
        before = buffers.bytes();
        for (int size : new int[] {50, 400, 90, 1000, 120, 3000, 64}) {
          INDArray in = buffers.take(size, 4);
          INDArray out = buffers.take(size / 2, 4);
          buffers.give(in);
          buffers.give(out);
        }
      }
      assertThat(buffers.bytes()).isEqualTo(before);
    }
  }
}
