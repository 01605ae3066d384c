package org.stylemining.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.Sample;

class BatchReaderTest {
  @TempDir Path folder;

  private final BatchReader reader =
      new BatchReader(
          new SampleReader(Datasets.installed(), SmallSets.HADOOP),
          new Augmentation(1, 8, 6, 1, 1, 4, 4, true));

  private List<Sample> samples() throws Exception {
    return new CamVidDataset().list(SmallSets.root(folder));
  }

  @Test
  void leavesDamagedSamplesOutAndNamesThem() throws Exception {
    SmallSets.camvid(folder, 3);
    SmallSets.write(folder.resolve("images/001.png"), new byte[0]);
    SourceBatch batch = reader.read(samples(), new long[] {70, 71, 72});
    assertThat(batch.positions()).containsExactly(70, 72);
    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.images().get(0).image().width()).isEqualTo(4);
    assertThat(batch.skipped())
        .singleElement()
        .satisfies(
            damage -> {
              assertThat(damage.position()).isEqualTo(71);
              assertThat(damage.path()).endsWith("images/001.png");
              assertThat(damage.reason()).isEqualTo("the file is empty");
            });
  }

  @Test
  void aBatchOfDamagedSamplesIsEmpty() throws Exception {
    SmallSets.camvid(folder, 1);
    SmallSets.write(folder.resolve("labels/000.png"), new byte[0]);
    assertThat(reader.read(samples(), new long[] {0}).isEmpty()).isTrue();
  }

  @Test
  void samplesAndBatchesTravelBetweenMachines() throws Exception {
    SmallSets.camvid(folder, 2);
    SmallSets.write(folder.resolve("images/001.png"), new byte[0]);
    assertThat(copy(samples())).isEqualTo(samples());
    SourceBatch batch = reader.read(samples(), new long[] {5, 6});
    SourceBatch copied = copy(batch);
    assertThat(copied.images()).isEqualTo(batch.images());
    assertThat(copied.positions()).containsExactly(5);
    assertThat(copied.skipped()).isEqualTo(batch.skipped());
  }

  @SuppressWarnings("unchecked")
  private static <T> T copy(T object) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  @Test
  void stopsOnceMoreSamplesAreDamagedThanAllowed() {
    DamageLimit limit = new DamageLimit(0.02);
    Damage damage = new Damage(1, "file:/x.png", "the file is empty");
    limit.add(50, List.of(damage, damage, damage));
    limit.add(49, List.of());
    limit.add(201, List.of(damage, damage));
    limit.finish();
    assertThatThrownBy(() -> limit.add(1, List.of(damage, damage)))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "7 of 301 samples are damaged (2.33%), data.max-bad-fraction allows 2.00%; the first: "
                + "file:/x.png (the file is empty); ".repeat(4)
                + "file:/x.png (the file is empty)");
  }

  @Test
  void judgesFewSamplesOnlyAtTheEnd() {
    DamageLimit limit = new DamageLimit(0.01);
    limit.add(3, List.of(new Damage(0, "file:/x.png", "truncated")));
    assertThatThrownBy(limit::finish)
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("1 of 3 samples are damaged (33.33%)");
  }
}
