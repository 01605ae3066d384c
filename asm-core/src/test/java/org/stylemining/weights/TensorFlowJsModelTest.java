package org.stylemining.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stylemining.config.UserMistake;

class TensorFlowJsModelTest {
  @TempDir Path folder;

  @BeforeEach
  void copyOfTheFixture() throws IOException, URISyntaxException {
    Path fixture =
        Path.of(TensorFlowJsModelTest.class.getResource("/fixtures/tfjs-resnet50-tiny").toURI());
    try (Stream<Path> files = Files.list(fixture)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
  }

  @Test
  void tensorsAreReadAcrossTheCutsOfShards() throws IOException {
    TensorFlowJsModel model = read();

    assertThat(model.tensors().get("conv1/kernel").shape()).containsExactly(7, 7, 3, 2);
    assertThat(model.tensors().values().stream().mapToInt(t -> t.data().length).sum())
        .isEqualTo((36887 + 36887 + 36886) / 4);
    assertThat(model.layers().get("res3a_branch2a").settings().path("strides").get(0).asInt())
        .isEqualTo(2);
    assertThat(model.layers().get("bn_conv1").settings().path("epsilon").asDouble())
        .isEqualTo(1e-3);
    for (NamedTensor tensor : model.tensors().values()) {
      if (tensor.name().endsWith("/gamma")) {
        for (float value : tensor.data()) {
          assertThat(value).as(tensor.name()).isBetween(0f, 1.5f);
        }
      }
    }
  }

  @Test
  void aShardThatIsMissingOrTooShortIsNamed() throws IOException {
    Path shard = folder.resolve("group1-shard2of3.bin");
    byte[] whole = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(whole, whole.length - 8));
    refused("27665 values of 4 bytes, but its 3 shards have 110652 bytes together");
    Files.delete(shard);
    refused("no such shard of a TensorFlow.js model: ");
  }

  @ParameterizedTest
  @CsvSource({
    "group1-shard2of3.bin, ../model.json, expected a shard's name beside this file",
    "group1-shard2of3.bin, /etc/passwd, expected a shard's name beside this file",
    "group1-shard2of3.bin, http://example.org/x, expected a shard's name beside this file",
    "layers-model, graph-model, found graph-model",
    "float32, uint8, expected plain float32",
    "'\"shape\":[7,', '\"shape\":[-7,', negative size",
    "'\"shape\":[7,', '\"shape\":[70000,', 'shards have'",
    "'\"shape\":[7,', '\"shape\":[7000000000,', 'too many values'",
    "weightsManifest, other, no weightsManifest",
    "'{\"format\"', '{format', expected TensorFlow.js's model.json"
  })
  void aModelThatContradictsItselfIsRefused(String part, String other, String because)
      throws IOException {
    Path json = folder.resolve("model.json");
    String text = Files.readString(json);
    assertThat(text).contains(part);
    Files.writeString(json, text.replace(part, other));
    refused(because);
  }

  private TensorFlowJsModel read() throws IOException {
    return TensorFlowJsModel.read(
        new org.apache.hadoop.fs.Path(folder.resolve("model.json").toUri()), new Configuration());
  }

  private void refused(String because) {
    assertThatThrownBy(this::read)
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(because);
  }
}
