package org.stylemining.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stylemining.config.UserMistake;

class CheckpointStoreTest {

  private static final Configuration HADOOP = new Configuration();
  private static final NamedTensor CONV =
      new NamedTensor("conv1.weight", new long[] {1, 2, 1, 1}, new float[] {1, 2});
  private static final NamedTensor MEAN =
      new NamedTensor("bn1.running_mean", new long[] {1}, new float[] {-3});
  private static final List<NamedTensor> MODEL = List.of(CONV, MEAN);
  private static final float[] MOMENTUM = {0.5f, 0.25f, 0};

  @TempDir java.nio.file.Path run;
  private CheckpointStore store;

  @BeforeEach
  void open() throws IOException {
    store = new CheckpointStore(path(run), HADOOP);
  }

  @Test
  void aCheckpointComesBackAsItWasSaved() throws IOException {
    Path saved = store.save(state(50), MODEL, MOMENTUM);

    Checkpoint read = store.newest().orElseThrow();

    assertThat(read.state()).isEqualTo(state(50));
    assertThat(read.model().values()).containsExactlyElementsOf(MODEL);
    assertThat(read.optimizer()).containsExactly(MOMENTUM);
    assertThat(read.path()).isEqualTo(saved);
    assertThat(run.resolve("checkpoints/round-000050"))
        .isDirectoryContaining("glob:**/model.safetensors")
        .isDirectoryContaining("glob:**/optimizer.safetensors")
        .isDirectoryContaining("glob:**/state.json");
  }

  @Test
  void theMeanOfModelsAndTheOuterMomentumComeBackToo() throws IOException {
    List<NamedTensor> mean =
        MODEL.stream()
            .map(tensor -> new NamedTensor(tensor.name(), tensor.shape(), half(tensor.data())))
            .toList();
    CheckpointContents contents =
        new CheckpointContents(MODEL, MOMENTUM, new float[] {3, -1}, mean);
    store.save(state(1), contents);
    store.save(
        new CheckpointState(
            2,
            20,
            40,
            1,
            2,
            "0.1.0",
            "abc",
            "",
            Map.of(CheckpointState.RESULT, "the mean of 12 rounds")),
        contents);

    Checkpoint first = Checkpoint.read(path(checkpoint(1)), HADOOP);
    assertThat(first.outer()).containsExactly(3, -1);
    assertThat(first.mean().values()).containsExactlyElementsOf(mean);
    assertThat(first.result()).isSameAs(first);
    Checkpoint second = Checkpoint.read(path(run), HADOOP);
    assertThat(second.model().values()).containsExactlyElementsOf(MODEL);
    assertThat(second.result().model().values()).containsExactlyElementsOf(mean);
    assertThat(second.resultName()).startsWith("the mean of 12 rounds in ");
    Files.write(checkpoint(2).resolve("mean.safetensors"), new byte[] {1});
    assertThatThrownBy(() -> Checkpoint.read(path(checkpoint(2)), HADOOP))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("mean.safetensors has 1 bytes");
  }

  private static float[] half(float[] values) {
    float[] halves = values.clone();
    for (int i = 0; i < halves.length; i++) {
      halves[i] /= 2;
    }
    return halves;
  }

  @Test
  void aRunFolderStandsForItsNewestCheckpointAndACheckpointForItself() throws IOException {
    store.save(state(999_999), MODEL, MOMENTUM);
    store.save(state(1_000_000), MODEL, new float[0]);

    assertThat(Checkpoint.read(path(run), HADOOP).state().round()).isEqualTo(1_000_000);
    assertThat(Checkpoint.read(path(run), HADOOP).optimizer()).isEmpty();
    assertThat(Checkpoint.read(path(checkpoint(999_999)), HADOOP).state().round())
        .isEqualTo(999_999);
  }

  @Test
  void aCheckpointMovedElsewhereIsReadThere() throws IOException {
    store.save(state(1), MODEL, MOMENTUM);
    Files.move(checkpoint(1), run.resolve("best"));

    assertThat(Checkpoint.read(path(run.resolve("best")), HADOOP).state()).isEqualTo(state(1));
  }

  @Test
  void theNewestAreKept() throws IOException {
    for (int round = 1; round <= 4; round++) {
      store.save(state(round), MODEL, MOMENTUM);
    }
    store.keepNewest(2);

    assertThat(store.newestFirst())
        .extracting(Path::getName)
        .containsExactly("round-000004", "round-000003");
  }

  @Test
  void aRoundSavedTwiceIsReplaced() throws IOException {
    store.save(state(2), MODEL, MOMENTUM);
    store.save(state(2), List.of(MEAN), MOMENTUM);

    assertThat(store.newest().orElseThrow().model()).containsOnlyKeys("bn1.running_mean");
    assertThat(run.resolve("checkpoints/round-000002")).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void whatAKilledWriterLeftIsIgnoredAndRemoved() throws IOException {
    store.save(state(1), MODEL, MOMENTUM);
    java.nio.file.Path leftover = run.resolve("checkpoints/.round-000002.tmp");
    Files.createDirectories(leftover);
    Files.write(leftover.resolve("model.safetensors"), new byte[7]);

    assertThat(store.newest().orElseThrow().state().round()).isEqualTo(1);
    store.save(state(3), MODEL, MOMENTUM);
    assertThat(leftover).doesNotExist();
  }

  @Test
  void aWriterKilledBeforeTheRenameHasWrittenACheckpointAllTheSame() throws IOException {
    store.save(state(1), MODEL, MOMENTUM);
    store.save(state(2), MODEL, MOMENTUM);
    java.nio.file.Path leftover = run.resolve("checkpoints/.round-000002.tmp");
    Files.move(checkpoint(2), leftover);
    assertThat(store.newest().orElseThrow().state().round()).isEqualTo(1);

    store.recover();

    assertThat(store.newest().orElseThrow().state()).isEqualTo(state(2));
    assertThat(leftover).doesNotExist();
  }

  @Test
  void aWriterKilledInARenameThatCopiesLeavesTheWholeOneOfBoth() throws IOException {
    store.save(state(1), MODEL, MOMENTUM);
    store.save(state(2), MODEL, MOMENTUM);
    java.nio.file.Path leftover = run.resolve("checkpoints/.round-000002.tmp");
    Files.move(checkpoint(2), leftover);
    Files.createDirectories(checkpoint(2));
    Files.copy(leftover.resolve("model.safetensors"), checkpoint(2).resolve("model.safetensors"));

    store.recover();

    assertThat(store.newest().orElseThrow().state()).isEqualTo(state(2));
    assertThat(leftover).doesNotExist();
  }

  @Test
  void whatIsHalfWrittenIsRemovedAndWhatIsDamagedIsKeptForWhoWantsToLook() throws IOException {
    store.save(state(1), MODEL, MOMENTUM);
    for (int round = 2; round <= 4; round++) {
      store.save(state(round), MODEL, MOMENTUM);
    }
    Files.delete(checkpoint(2).resolve("state.json"));
    Files.write(checkpoint(3).resolve("model.safetensors"), new byte[9]);
    Files.move(checkpoint(4), run.resolve("checkpoints/.round-000004.tmp"));
    Files.write(run.resolve("checkpoints/.round-000004.tmp/model.safetensors"), new byte[9]);

    store.recover();

    assertThat(run.resolve("checkpoints").toFile().list())
        .containsExactlyInAnyOrder("round-000001", "round-000003");
    assertThat(store.newest().orElseThrow().state()).isEqualTo(state(1));
  }

  @Test
  void aRunWithoutCheckpointsHasNoNewest() throws IOException {
    assertThat(store.newest()).isEmpty();
    assertThatThrownBy(() -> Checkpoint.read(path(run), HADOOP))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(run + ": this run folder has no checkpoint");
    assertThatThrownBy(() -> Checkpoint.read(path(run.resolve("absent")), HADOOP))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("no such checkpoint or run folder")
        .hasMessageEndingWith("/absent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "optimizer.safetensors", "state.json"})
  void emptyShortAndMissingFilesAreReportedWithTheCheckpointsName(String name) throws IOException {
    store.save(state(1), MODEL, MOMENTUM);
    java.nio.file.Path file = checkpoint(1).resolve(name);
    byte[] whole = Files.readAllBytes(file);

    Files.write(file, new byte[0]);
    damaged(name);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 5));
    damaged(name);
    Files.delete(file);
    damaged(name);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChangedByteIsNoticedWithAndWithoutTheFileSystemsChecksums(boolean kept) throws IOException {
    FileSystem local = FileSystem.getLocal(HADOOP);
    Checkpoint.write(
        path(checkpoint(1)), kept ? local : ((LocalFileSystem) local).getRaw(), state(1), MODEL);
    java.nio.file.Path file = checkpoint(1).resolve("model.safetensors");
    assertThat(checkpoint(1).resolve(".model.safetensors.crc").toFile().exists()).isEqualTo(kept);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);

    damaged("model.safetensors");
  }

  @Test
  void aDamagedNewestGivesWayToTheNewestCompleteOneUnlessItIsAskedFor() throws IOException {
    store.save(state(1), MODEL, MOMENTUM);
    store.save(state(2), MODEL, MOMENTUM);
    Files.delete(checkpoint(2).resolve("state.json"));

    assertThat(Checkpoint.read(path(run), HADOOP).state().round()).isEqualTo(1);
    assertThatThrownBy(() -> Checkpoint.read(path(checkpoint(2)), HADOOP))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("round-000002 is incomplete or damaged: it has no state.json");
  }

  @Test
  void anEmptyFileIsNoCheckpoint() throws IOException {
    java.nio.file.Path file = Files.createFile(run.resolve("model.pth"));

    assertThatThrownBy(() -> Checkpoint.read(path(file), HADOOP))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(
            "model.pth: expected a run folder or a checkpoint's folder, found a file of 0 bytes");
  }

  @Test
  void aCheckpointOfAnotherArchitectureIsRefusedWithItsFirstDifferences() throws IOException {
    store.save(state(1), MODEL, MOMENTUM);
    Checkpoint read = store.newest().orElseThrow();

    assertThatCode(() -> read.check(ParameterShapes.of(read.model()))).doesNotThrowAnyException();
    assertThatThrownBy(
            () ->
                read.check(
                    new ParameterShapes(
                        Map.of(
                            "conv1.weight", new long[] {64, 3, 7, 7},
                            "bn1.weight", new long[] {64}))))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("round-000001: these are weights of another architecture")
        .hasMessageContaining("conv1.weight should be [64, 3, 7, 7], found [1, 2, 1, 1]")
        .hasMessageContaining("bn1.weight[64] is missing")
        .hasMessageContaining("bn1.running_mean[1] is not in the network");
  }

  private void damaged(String file) {
    assertThatThrownBy(() -> Checkpoint.read(path(run), HADOOP))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(checkpoint(1) + " is incomplete or damaged")
        .hasMessageContaining(file);
  }

  private java.nio.file.Path checkpoint(int round) {
    return run.resolve(String.format("checkpoints/round-%06d", round));
  }

  private static Path path(java.nio.file.Path local) {
    return new Path(local.toUri());
  }

  private static CheckpointState state(int round) {
    return new CheckpointState(
        round,
        10L * round,
        1L << 40,
        -7,
        2,
        "0.1.0",
        "abc",
        "seed = 1\n\"quoted\" ü",
        Map.of("a", "b"));
  }
}
