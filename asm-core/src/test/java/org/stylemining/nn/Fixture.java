package org.stylemining.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.weights.Safetensors;

/** Numbers that PyTorch computed, in double, for the same weights and inputs. */
public final class Fixture {
  private final Safetensors file;

  public Fixture(String name) {
    try (InputStream in = Fixture.class.getResourceAsStream("/fixtures/" + name + ".safetensors")) {
      file = Safetensors.read(in, name);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Numbers in a file that is read already. */
  public Fixture(Safetensors file) {
    this.file = file;
  }

  public boolean has(String name) {
    return file.contains(name);
  }

  /** As stored. */
  public INDArray array(String name) {
    long[] shape = file.shape(name);
    return Nd4j.createFromArray(file.doubles(name))
        .reshape('c', shape.length == 0 ? new long[] {1} : shape);
  }

  public double number(String name) {
    return file.doubles(name)[0];
  }

  /** [B, C, H, W] as feature map. */
  public FeatureMap map(String name) {
    long[] s = file.shape(name);
    return new FeatureMap(
        array(name).permute(0, 2, 3, 1).dup('c').reshape('c', s[0] * s[2] * s[3], s[1]),
        (int) s[0],
        (int) s[2],
        (int) s[3]);
  }

  /** A copy of {@link #map} in a buffer of the pool, which the caller may give away. */
  public FeatureMap map(String name, Buffers buffers) {
    FeatureMap m = map(name);
    FeatureMap copy = m.with(buffers.take(m.pixels(), m.channels()));
    copy.rows().assign(m.rows());
    return copy;
  }

  public List<byte[]> labels(String name) {
    long[] s = file.shape(name);
    long[] values = file.longs(name);
    int n = (int) (s[1] * s[2]);
    List<byte[]> labels = new ArrayList<>();
    for (int b = 0; b < s[0]; b++) {
      byte[] image = new byte[n];
      for (int i = 0; i < n; i++) {
        image[i] = (byte) values[b * n + i];
      }
      labels.add(image);
    }
    return labels;
  }

  /** Sets every parameter of the store from the tensor prefix + its name. */
  public void fill(ParameterStore store, String prefix) {
    for (Parameter p : store.parameters()) {
      p.accept(array(prefix + p.name()));
    }
  }

  /**
   * Asserts that values are PyTorch's, relative to the largest of them (or to 1e-6: some gradients
   * are 0 but for rounding).
   */
  public void assertClose(INDArray found, String name, double tolerance) {
    assertClose(found, array(name), name, tolerance);
  }

  public void assertClose(FeatureMap found, String name, double tolerance) {
    FeatureMap due = map(name);
    assertThat(new int[] {found.batch(), found.height(), found.width(), found.channels()})
        .as("extent of " + name)
        .containsExactly(due.batch(), due.height(), due.width(), due.channels());
    assertClose(found.rows(), due.rows(), name, tolerance);
  }

  public static void assertClose(INDArray found, INDArray due, String name, double tolerance) {
    double[] a = found.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    double[] b = due.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    assertThat(a.length).as("length of " + name).isEqualTo(b.length);
    double scale = Math.max(1e-6, Arrays.stream(b).map(Math::abs).max().orElse(0));
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      double d = Math.abs(a[i] - b[i]);
      worst = Double.isNaN(d) ? Double.POSITIVE_INFINITY : Math.max(worst, d);
    }
    assertThat(worst / scale).as("largest deviation of " + name).isLessThan(tolerance);
  }
}
