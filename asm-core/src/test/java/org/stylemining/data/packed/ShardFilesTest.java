package org.stylemining.data.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stylemining.data.Datasets;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.Sample;

class ShardFilesTest {
  private static final Dataset GTA5 = Datasets.installed().get("type", "gta5");

  @TempDir Path folder;

  private Path set;
  private Path out;

  @BeforeEach
  void drawSet() throws Exception {
    set = folder.resolve("set");
    out = folder.resolve("packed");
    Packs.gta5(set, 9);
  }

  private List<Sample> packed(PackFormat format) throws Exception {
    Packs.pack(set, out, "gta5", null, format, 4);
    return Packs.listing(out.toString()).labelled(GTA5);
  }

  private Path shard(PackFormat format) {
    return out.resolve("part-00001." + format.ending());
  }

  @ParameterizedTest
  @EnumSource
  void everyFileHasTheBytesItHadInWhateverOrderItIsRead(PackFormat format) throws Exception {
    List<Sample> samples = packed(format);

    assertThat(samples).hasSize(9);
    new Random(1)
        .ints(60, 0, 9)
        .parallel()
        .forEach(
            i -> {
              String name = "%05d.png".formatted(i);
              assertThat(Packs.bytes(samples.get(i).image()))
                  .isEqualTo(Packs.file(set.resolve("images/" + name)));
              assertThat(Packs.bytes(samples.get(i).label().orElseThrow()))
                  .isEqualTo(Packs.file(set.resolve("labels/" + name)));
            });
  }

  @ParameterizedTest
  @EnumSource
  void aShardThatIsGoneIsDamage(PackFormat format) throws Exception {
    List<Sample> samples = packed(format);
    Files.delete(shard(format));

    assertThat(Packs.bytes(samples.get(0).image())).isNotEmpty();
    assertThatThrownBy(() -> ShardFiles.bytes(samples.get(5).image(), Packs.HADOOP))
        .isInstanceOf(DamagedSample.class)
        .hasMessageContaining("part-00001")
        .hasMessageContaining("images/00005.png")
        .hasMessageContaining("gone");
  }

  @ParameterizedTest
  @EnumSource
  void aShardThatIsCutShortIsDamage(PackFormat format) throws Exception {
    List<Sample> samples = packed(format);
    byte[] whole = Files.readAllBytes(shard(format));
    for (int length : new int[] {0, 3, 50, whole.length / 2, whole.length - 1}) {
      try (RandomAccessFile file = new RandomAccessFile(shard(format).toFile(), "rw")) {
        file.setLength(length);
      }

      assertThatThrownBy(
              () -> {
                for (int i = 4; i < 8; i++) {
                  ShardFiles.bytes(samples.get(i).image(), Packs.HADOOP);
                  ShardFiles.bytes(samples.get(i).label().orElseThrow(), Packs.HADOOP);
                }
              })
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(DamagedSample.class)
          .hasMessageContaining("part-00001");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aByteThatChangedIsDamageOrLeavesTheFileAsItWas(PackFormat format) throws Exception {
    List<Sample> samples = packed(format);
    byte[] whole = Files.readAllBytes(shard(format));
    Random random = new Random(2);
    int found = 0;
    for (int trial = 0; trial < 150; trial++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
      // A name of its own: what is open already may hold the bytes that were there.
      Path copy = out.resolve("trial-" + trial);
      Files.write(copy, changed);
      for (int i = 4; i < 8; i++) {
        if (isDamaged(samples.get(i), format, copy)) {
          found++;
        }
      }
    }
    assertThat(found).isPositive();
  }

  @Test
  void anyByteThatChangedBeforeTheFirstSequenceFileRecordsIsDamageOrLeavesTheFileAsItWas()
      throws Exception {
    List<Sample> samples = packed(PackFormat.SEQUENCE);
    byte[] whole = Files.readAllBytes(shard(PackFormat.SEQUENCE));
    for (int at = 0; at < 200; at++) {
      // The first bit, all bits, and what makes a short text's length negative or gigabytes.
      for (int flipped : new int[] {0x01, 0x80, 0x8c, 0xff}) {
        byte[] changed = whole.clone();
        changed[at] ^= (byte) flipped;
        Path copy = out.resolve("flipped-" + at + "-" + flipped);
        Files.write(copy, changed);
        isDamaged(samples.get(4), PackFormat.SEQUENCE, copy);
        Files.delete(copy);
      }
    }
  }

  /**
   * Whether a sample's image is damage in a copy of its shard, and the copy is named; else it has
   * the bytes that it had.
   */
  private boolean isDamaged(Sample sample, PackFormat format, Path copy) throws Exception {
    String uri =
        sample
            .image()
            .replace(shard(format).getFileName().toString(), copy.getFileName().toString());
    try {
      assertThat(ShardFiles.bytes(uri, Packs.HADOOP))
          .isEqualTo(Packs.file(set.resolve(uri.substring(uri.indexOf("images/")))));
      return false;
    } catch (DamagedSample e) {
      assertThat(e).hasMessageContaining(copy.getFileName().toString());
      return true;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aShardOfOtherFilesIsDamage(PackFormat format) throws Exception {
    List<Sample> samples = packed(format);
    Files.copy(
        out.resolve("part-00000." + format.ending()),
        shard(format),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(() -> ShardFiles.bytes(samples.get(5).image(), Packs.HADOOP))
        .isInstanceOf(DamagedSample.class)
        .hasMessageContaining("part-00001")
        .hasMessageContaining("images/00005.png");
  }

  @ParameterizedTest
  @EnumSource
  void moreShardsThanStayOpenAreRead(PackFormat format) throws Exception {
    Packs.gta5(set, 80);
    Packs.pack(set, out, "gta5", null, format, 1);
    List<Sample> samples = Packs.listing(out.toString()).labelled(GTA5);

    for (int round = 0; round < 2; round++) {
      IntStream.range(0, 80)
          .forEach(
              i ->
                  assertThat(Packs.bytes(samples.get(i).image()))
                      .isEqualTo(Packs.file(set.resolve("images/%05d.png".formatted(i)))));
    }
  }
}
