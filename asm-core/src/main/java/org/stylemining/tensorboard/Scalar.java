package org.stylemining.tensorboard;

/**
 * A number of a chart in TensorBoard.
 *
 * @param tag name of the chart, such as {@code loss/round}
 * @param value single precision is what the format has
 */
record Scalar(String tag, float value) {
  static Scalar of(String tag, double value) {
    return new Scalar(tag, (float) value);
  }
}
