package org.stylemining.data.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stylemining.config.UserMistake;
import org.stylemining.data.Datasets;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.Sample;

class SetListingTest {
  private static final Datasets DATASETS = Datasets.installed();
  private static final Dataset GTA5 = DATASETS.get("type", "gta5");
  private static final Dataset FOLDER = DATASETS.get("type", "folder");
  private static final Dataset CITYSCAPES = DATASETS.get("type", "cityscapes");

  @TempDir Path folder;

  private Path set;
  private Path out;

  @BeforeEach
  void places() {
    set = folder.resolve("set");
    out = folder.resolve("packed");
  }

  private static List<String> names(List<Sample> samples) {
    return samples.stream()
        .map(
            sample ->
                ShardAddress.of(sample.image())
                    .map(ShardAddress::path)
                    .orElseGet(() -> sample.image().replaceAll("^.*/set/", "")))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void aPackedSetListsWhatItsFolderLists(PackFormat format) throws Exception {
    Packs.gta5(set, 5);
    Packs.pack(set, out, "gta5", null, format, 2);

    List<Sample> packed = Packs.listing(out.toString()).labelled(GTA5);

    assertThat(names(packed)).isEqualTo(names(Packs.listing(set.toString()).labelled(GTA5)));
    assertThat(packed).allMatch(sample -> sample.source().equals("gta5"));
    assertThat(Packs.listing(out.toString()).images(GTA5))
        .isEqualTo(packed.stream().map(Sample::unlabelled).toList());
  }

  @Test
  void shardsThatAreNotTheManifestsAreRefused() throws Exception {
    Packs.gta5(set, 6);
    Packs.pack(set, out, "gta5", null, PackFormat.SEQUENCE, 2);
    Files.delete(out.resolve("part-00000.seq"));
    Files.write(out.resolve("part-00002.seq"), new byte[7]);

    assertThatThrownBy(() -> Packs.listing(out.toString()).labelled(GTA5))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("part-00000.seq is missing")
        .hasMessageContaining("part-00002.seq has 7 bytes instead of");
  }

  @Test
  void aManifestWhoseNumbersDoNotAgreeIsRefused() throws Exception {
    Packs.gta5(set, 2);
    Packs.pack(set, out, "gta5", null, PackFormat.SEQUENCE, 2);
    Path manifest = out.resolve(PackManifest.FILE);
    String text = Files.readString(manifest);
    for (String damaged :
        List.of(
            text.replaceFirst("\"images\" : 2", "\"images\" : 3"),
            text.substring(0, text.length() / 2),
            text.replaceFirst("\"layout\" : 1", "\"layout\" : 9"),
            "")) {
      Files.writeString(manifest, damaged);

      assertThatThrownBy(() -> Packs.listing(out.toString()).labelled(GTA5))
          .as(damaged)
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("data.sources[0].root")
          .hasMessageContaining(PackManifest.FILE);
    }
  }

  @Test
  void aPackedSetKeepsItsType() throws Exception {
    Packs.gta5(set, 2);
    Packs.pack(set, out, "gta5", null, PackFormat.SEQUENCE, 2);

    assertThatThrownBy(() -> Packs.listing(out.toString()).labelled(DATASETS.get("type", "camvid")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("data.sources[0].type = camvid")
        .hasMessageContaining("of type gta5");
  }

  @Test
  void aSplitIsAFolderInThePaths() throws Exception {
    for (String image : List.of("train/a/x.png", "val/b/y.png")) {
      Packs.write(set.resolve("images/" + image), new byte[] {1});
      Packs.write(set.resolve("labels/" + image), new byte[] {2});
    }
    Packs.pack(set, out, "cityscapes", null, PackFormat.SEQUENCE, 5);

    assertThat(names(Packs.listing(out.toString(), "val").labelled(CITYSCAPES)))
        .containsExactly("images/val/b/y.png");
    assertThat(Packs.listing(out.toString()).labelled(CITYSCAPES)).hasSize(2);
    assertThatThrownBy(() -> Packs.listing(out.toString(), "test").labelled(CITYSCAPES))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("data.sources[0].split = test");
  }

  @Test
  void aSetOfWhichOnePartWasPackedIsThatPart() throws Exception {
    Packs.gta5(set, 2);
    Packs.pack(set, out, "cityscapes", "val", PackFormat.SEQUENCE, 5);

    assertThat(Packs.listing(out.toString(), "val").labelled(CITYSCAPES)).hasSize(2);
  }

  @Test
  void aPackedSetThatIsNotFinishedIsRefused() throws Exception {
    Packs.gta5(set, 2);
    Packs.pack(set, out, "gta5", null, PackFormat.SEQUENCE, 2);
    Files.move(out.resolve(PackManifest.FILE), out.resolve(PackPlan.FILE));

    assertThatThrownBy(() -> Packs.listing(out.toString()).labelled(GTA5))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("not finished");
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressionType.class,
      names = {"NONE", "RECORD"})
  void sequenceFilesOfOthersAreASetInItsLayout(CompressionType compression) throws Exception {
    Packs.gta5(set, 40);
    sequence(out.resolve("part-r-00000"), compression, 0, 25);
    sequence(out.resolve("part-r-00001"), compression, 25, 40);

    List<Sample> samples = Packs.listing("sequence:" + out).labelled(GTA5);

    assertThat(names(samples)).isEqualTo(names(Packs.listing(set.toString()).labelled(GTA5)));
    for (int i = 0; i < 40; i++) {
      String name = "%05d.png".formatted(i);
      assertThat(Packs.bytes(samples.get(i).image()))
          .isEqualTo(Packs.file(set.resolve("images/" + name)));
      assertThat(Packs.bytes(samples.get(i).label().orElseThrow()))
          .isEqualTo(Packs.file(set.resolve("labels/" + name)));
    }
    assertThat(Packs.listing("sequence:" + out).images(FOLDER)).hasSize(80);
  }

  @Test
  void whatIsMissingInSequenceFilesOfOthersIsToldAsInFolders() throws Exception {
    Packs.gta5(set, 3);
    Files.delete(set.resolve("labels/00001.png"));
    try (SequenceFile.Writer writer = writer(out.resolve("part-0"), CompressionType.NONE)) {
      append(writer, "images/00001.png");
      append(writer, "images/00002.png");
      append(writer, "labels/00002.png");
    }

    assertThatThrownBy(() -> Packs.listing("sequence:" + out).labelled(GTA5))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("without a label")
        .hasMessageContaining("images/00001.png");
  }

  @Test
  void sequenceFilesThatCannotBeReadOneRecordAtATimeAreRefused() throws Exception {
    Packs.gta5(set, 3);
    sequence(out.resolve("part-0"), CompressionType.BLOCK, 0, 3);

    assertThatThrownBy(() -> Packs.listing("sequence:" + out).labelled(GTA5))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("part-0")
        .hasMessageContaining("compressed together");
  }

  @Test
  void filesThatAreNoShardsAreRefused() throws Exception {
    Packs.write(out.resolve("notes.parquet"), "hello".getBytes());

    assertThatThrownBy(() -> Packs.listing("sequence:" + out).labelled(GTA5))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("notes.parquet")
        .hasMessageContaining("not a SequenceFile");
    assertThatThrownBy(() -> Packs.listing("parquet:" + out).labelled(GTA5))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("notes.parquet")
        .hasMessageContaining("not a whole Parquet file");
    Files.delete(out.resolve("notes.parquet"));
    numbers(out.resolve("part-0"));
    assertThatThrownBy(() -> Packs.listing("sequence:" + out).labelled(GTA5))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("IntWritable")
        .hasMessageContaining("BytesWritable");
  }

  @Test
  void pathsThatLeadElsewhereAreRefused() throws Exception {
    for (String path : List.of("/images/1.png", "../1.png", "images//1.png")) {
      Files.createDirectories(out);
      try (SequenceFile.Writer writer = writer(out.resolve("part-0"), CompressionType.NONE)) {
        writer.append(new Text(path), new BytesWritable(new byte[] {1}));
      }

      assertThatThrownBy(() -> Packs.listing("sequence:" + out).images(FOLDER))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining(path)
          .hasMessageContaining("relative");
    }
  }

  @Test
  void parquetFilesOfOthersAreASetRowByRow() throws Exception {
    Packs.gta5(set, 5);
    Packs.pack(set, out, "gta5", null, PackFormat.PARQUET, 2);
    Files.delete(out.resolve(PackManifest.FILE));

    List<Sample> samples = Packs.listing("parquet:" + out).labelled(GTA5);

    assertThat(names(samples)).isEqualTo(names(Packs.listing(set.toString()).labelled(GTA5)));
    for (int i = 0; i < 5; i++) {
      assertThat(Packs.bytes(samples.get(i).label().orElseThrow()))
          .isEqualTo(Packs.file(set.resolve("labels/%05d.png".formatted(i))));
    }
  }

  @Test
  void theFilesOfASampleAreKnownInFoldersAndInShards() throws Exception {
    Packs.gta5(set, 3);
    PackManifest manifest = Packs.pack(set, out, "gta5", null, PackFormat.SEQUENCE, 2);

    List<SetSample> plain = Packs.listing(set.toString()).withFiles(GTA5, true);
    List<SetSample> packed = Packs.listing(out.toString()).withFiles(GTA5, true);

    assertThat(plain.get(1).label().path()).isEqualTo("labels/00001.png");
    assertThat(plain.get(1).label().length())
        .isEqualTo(Files.size(set.resolve("labels/00001.png")));
    for (int i = 0; i < 3; i++) {
      assertThat(packed.get(i).image().path()).isEqualTo(plain.get(i).image().path());
      assertThat(packed.get(i).image().length()).isEqualTo(plain.get(i).image().length());
    }
    assertThat(manifest.bytes()).isEqualTo(plain.stream().mapToLong(SetSample::bytes).sum());
  }

  @Test
  void fewerShardsThanWorkersAreToldOnlyWhereThereCouldBeMore() {
    assertThat(ShardCount.tooFew("hdfs:/p", 4, 4L << 30, 16))
        .hasValueSatisfying(
            told -> assertThat(told).contains("4 shards for 16 workers", "--shard-mb 256"));
    assertThat(ShardCount.tooFew("hdfs:/p", 16, 4L << 30, 16)).isEmpty();
    assertThat(ShardCount.tooFew("hdfs:/p", 1, 100L << 20, 16)).isEmpty();
    assertThat(ShardCount.tooFew("hdfs:/p", 1, 4L << 30, 1)).isEqualTo(Optional.empty());
  }

  private void sequence(Path file, CompressionType compression, int from, int to)
      throws IOException {
    Files.createDirectories(file.getParent());
    try (SequenceFile.Writer writer = writer(file, compression)) {
      for (int i = from; i < to; i++) {
        append(writer, "labels/%05d.png".formatted(i));
        append(writer, "images/%05d.png".formatted(i));
      }
    }
  }

  private static SequenceFile.Writer writer(Path file, CompressionType compression)
      throws IOException {
    return SequenceFile.createWriter(
        Packs.HADOOP,
        SequenceFile.Writer.file(new org.apache.hadoop.fs.Path(file.toString())),
        SequenceFile.Writer.keyClass(Text.class),
        SequenceFile.Writer.valueClass(BytesWritable.class),
        SequenceFile.Writer.compression(compression));
  }

  private void append(SequenceFile.Writer writer, String path) throws IOException {
    Path file = set.resolve(path);
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[] {1};
    writer.append(new Text(path), new BytesWritable(bytes));
  }

  private static void numbers(Path file) throws IOException {
    try (SequenceFile.Writer writer =
        SequenceFile.createWriter(
            Packs.HADOOP,
            SequenceFile.Writer.file(new org.apache.hadoop.fs.Path(file.toString())),
            SequenceFile.Writer.keyClass(IntWritable.class),
            SequenceFile.Writer.valueClass(BytesWritable.class))) {
      writer.append(new IntWritable(1), new BytesWritable(new byte[] {1}));
    }
  }
}
