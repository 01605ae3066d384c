package org.stylemining.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stylemining.config.UserMistake;

class TorchCheckpointTest {

  private static final Configuration HADOOP = new Configuration();
  private static final String FOLDER = "/fixtures/torch/";

  @TempDir java.nio.file.Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"zip.pth", "legacy.pth", "training-state.pth"})
  void everyTypeAndLayoutOfTensorIsReadAsPyTorchSeesIt(String name) throws IOException {
    Map<String, NamedTensor> expected = expected();

    Map<String, NamedTensor> read = WeightsFile.read(fixture(name), HADOOP);

    assertThat(read).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(read.get("transposed").shape()).containsExactly(6, 4);
    assertThat(read.get("repeated").shape()).containsExactly(3, 2);
    assertThat(read.get("bn1.num_batches_tracked").shape()).isEmpty();
    assertThat(read.keySet()).startsWith("conv1.weight", "bn1.running_mean");
  }

  @Test
  void tensorsOfPyTorchBefore04AreRead() throws IOException {
    Map<String, NamedTensor> expected = expected();

    assertThat(TorchCheckpoint.read(fixture("ancient.pth"), HADOOP))
        .containsOnly(
            Map.entry("conv1.weight", expected.get("conv1.weight")),
            Map.entry("transposed", expected.get("transposed")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"malicious-zip.pth", "malicious-legacy.pth"})
  void aFileThatNamesACommandIsRefusedByThatNameAndNothingIsRun(String name) {
    refused(name, "names posix.system");
    assertThat(java.nio.file.Path.of("malicious-checkpoint-was-run")).doesNotExist();
  }

  @Test
  void aWholeModelIsRefusedAndTheMessageTellsWhatToSave() {
    refused("whole-model.pth", "names torch.nn.modules.linear.Linear");
    refused("whole-model.pth", "torch.save(model.state_dict(), file)");
  }

  @Test
  void aFileWithoutTensorsTellsWhatItHas() {
    refused("no-tensors.pth", "expected tensors by name, found only [epoch]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip.pth", "legacy.pth"})
  void truncationsAreReportedWithTheFilesName(String name) throws IOException {
    byte[] whole = bytes(name);
    for (int length = 0; length < whole.length; length += 1 + whole.length / 150) {
      java.nio.file.Path part = folder.resolve("part.pth");
      Files.write(part, Arrays.copyOf(whole, length));
      damaged(part, length + " bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip.pth", "legacy.pth"})
  void changedBytesAreAUserMistakeOrGoUnnoticedButNothingElse(String name) throws IOException {
    byte[] whole = bytes(name);
    java.nio.file.Path file = folder.resolve("changed.pth");
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(whole.length)] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, changed);
      try {
        TorchCheckpoint.read(new Path(file.toUri()), HADOOP);
      } catch (UserMistake e) {
        assertThat(e).hasMessageContaining("changed.pth");
      }
    }
  }

  @Test
  void otherFilesAreNoCheckpoints() throws IOException {
    java.nio.file.Path text = folder.resolve("notes.pth");
    Files.write(text, "these are notes".getBytes(StandardCharsets.UTF_8));
    damaged(text, "text");
    java.nio.file.Path absent = folder.resolve("absent.pth");
    assertThatThrownBy(() -> TorchCheckpoint.read(new Path(absent.toUri()), HADOOP))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("no such weights file")
        .hasMessageEndingWith("absent.pth");
    assertThatThrownBy(() -> WeightsFile.read(new Path("weights.caffemodel"), HADOOP))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("weights.caffemodel: weights should be a .safetensors");
  }

  private static void damaged(java.nio.file.Path file, String description) {
    assertThatThrownBy(() -> TorchCheckpoint.read(new Path(file.toUri()), HADOOP))
        .as(description)
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(file.getFileName().toString());
  }

  private static void refused(String name, String because) {
    assertThatThrownBy(() -> TorchCheckpoint.read(fixture(name), HADOOP))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(name + ": ")
        .hasMessageContaining(because);
  }

  private static Map<String, NamedTensor> expected() throws IOException {
    return Safetensors.read(fixture("expected.safetensors"), HADOOP).tensors();
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = TorchCheckpointTest.class.getResourceAsStream(FOLDER + name)) {
      return in.readAllBytes();
    }
  }

  private static Path fixture(String name) {
    try {
      return new Path(TorchCheckpointTest.class.getResource(FOLDER + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
