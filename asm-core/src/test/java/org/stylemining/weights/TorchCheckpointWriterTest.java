package org.stylemining.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchCheckpointWriterTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir java.nio.file.Path folder;

  @Property(tries = 50)
  void whatIsWrittenIsReadBackEqual(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int count) throws IOException {
    List<NamedTensor> tensors = random(seed, count);
    java.nio.file.Path file = Files.createTempFile("written", ".pth");
    try {
      Files.write(file, written(tensors));

      Map<String, NamedTensor> read = TorchCheckpoint.read(new Path(file.toUri()), HADOOP);

      assertThat(read.values()).containsExactlyElementsOf(tensors);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void pyTorchLoadsItBitForBit() throws Exception {
    PyTorch.assumePresent();
    List<NamedTensor> tensors = new ArrayList<>(random(3, 12));
    tensors.add(
        new NamedTensor(
            "special",
            new long[] {5},
            new float[] {-0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NEGATIVE_INFINITY, 1e-38f}));
    java.nio.file.Path file = Files.write(folder.resolve("a.pth"), written(tensors));
    java.nio.file.Path expected = folder.resolve("a.safetensors");
    Safetensors.write(new Path(expected.toUri()), HADOOP, tensors, Map.of());

    assertThat(PyTorch.run("load_exported.py", "tensors", file, expected)).endsWith("equal\n");
  }

  @Test
  void entriesAreStoredAsTheyAreFromMultiplesOf64Bytes() throws IOException {
    byte[] bytes = written(random(1, 9));
    java.nio.file.Path file = Files.write(folder.resolve("a.pth"), bytes);
    ByteBuffer content = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      assertThat(entries).extracting(ZipEntry::getName).startsWith("archive/data.pkl");
      for (ZipEntry entry : entries) {
        assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
        int start = at + 30 + content.getShort(at + 26) + content.getShort(at + 28);
        assertThat(start % 64).as(entry.getName()).isZero();
        at = start + (int) entry.getSize();
      }
    }
  }

  @Test
  void theSameTensorsGiveTheSameBytes() throws IOException {
    assertThat(written(random(1, 9))).isEqualTo(written(random(1, 9)));
  }

  @Test
  void twoTensorsOfOneNameAreRefused() {
    NamedTensor tensor = new NamedTensor("a", new long[] {1}, new float[1]);
    assertThatThrownBy(() -> written(List.of(tensor, tensor)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("named a");
  }

  private static byte[] written(List<NamedTensor> tensors) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TorchCheckpointWriter.write(out, tensors);
    return out.toByteArray();
  }

  private static List<NamedTensor> random(long seed, int count) {
    Random random = new Random(seed);
    List<NamedTensor> tensors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long[] shape = new long[random.nextInt(5)];
      Arrays.setAll(shape, d -> random.nextInt(6));
      float[] data = new float[(int) Shapes.elements(shape)];
      for (int k = 0; k < data.length; k++) {
        data[k] = (float) random.nextGaussian();
      }
      tensors.add(new NamedTensor("schicht" + i + ".größe", shape, data));
    }
    return tensors;
  }
}
