package org.stylemining.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.UserMistake;

class SqueezeNetWeightsTest {

  private static final String LIST =
      "[{\"name\":\"conv1/kernel_OIHW\",\"shape\":[2,1,1,1],\"offset\":0},"
          + "{\"name\":\"conv1/bias\",\"shape\":[1],\"offset\":8}]";

  @TempDir java.nio.file.Path folder;

  @Test
  void theListsTensorsAreFoundAtTheirOffsets() throws IOException {
    assertThat(read(LIST, 12).values())
        .containsExactly(
            new NamedTensor("conv1/kernel_OIHW", new long[] {2, 1, 1, 1}, new float[] {0, 1}),
            new NamedTensor("conv1/bias", new long[] {1}, new float[] {2}));
  }

  @Test
  void aTruncatedBinAndADamagedListAreNamed() {
    assertThatThrownBy(() -> read(LIST, 11))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("squeezenet.bin: 11 bytes, too few for conv1/bias[1] at byte 8");
    assertThatThrownBy(() -> read("{", 12))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("squeezenet.json: expected a list");
    assertThatThrownBy(() -> read("[{\"shape\":[1]}]", 12))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("squeezenet.json: an entry has no name");
  }

  @Test
  void aMissingBinIsNamed() throws IOException {
    read(LIST, 12);
    Files.delete(folder.resolve("squeezenet.bin"));

    assertThatThrownBy(() -> SqueezeNetWeights.read(json(), new Configuration()))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("no such weights file")
        .hasMessageEndingWith("squeezenet.bin");
  }

  @Test
  void thePublishedWeightsAreReadToTheirLastValue() throws IOException {
    String shared = System.getenv("ASM_SHARED_DATA");
    java.nio.file.Path json =
        java.nio.file.Path.of(shared == null ? "../../shared/data" : shared)
            .resolve("weights/squeezenet/squeezenet_f32.json");
    assumeTrue(Files.exists(json), "SqueezeNet's weights are not here: " + json);

    Map<String, NamedTensor> weights =
        WeightsFile.read(new Path(json.toUri()), new Configuration());

    assertThat(weights.get("conv1/kernel_OIHW").shape()).containsExactly(96, 3, 7, 7);
    assertThat(weights.get("fire4/conv3x3_2/kernel_OIHW").shape()).containsExactly(128, 32, 3, 3);
    assertThat(weights.values().stream().mapToLong(tensor -> 4L * tensor.data().length).sum())
        .isEqualTo(Files.size(json.resolveSibling("squeezenet_f32.bin")));
    for (NamedTensor tensor : weights.values()) {
      for (float value : tensor.data()) {
        assertThat(Math.abs(value)).as(tensor.name()).isLessThan(20);
      }
    }
  }

  private Map<String, NamedTensor> read(String list, int bytes) throws IOException {
    ByteBuffer values = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    values.putFloat(0).putFloat(1).putFloat(2);
    Files.write(folder.resolve("squeezenet.bin"), java.util.Arrays.copyOf(values.array(), bytes));
    Files.write(folder.resolve("squeezenet.json"), list.getBytes(StandardCharsets.UTF_8));
    return SqueezeNetWeights.read(json(), new Configuration());
  }

  private Path json() {
    return new Path(folder.resolve("squeezenet.json").toUri());
  }
}
