package org.stylemining.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.SequenceFileOutputFormat;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.data.Datasets;
import org.stylemining.data.HadoopFiles;
import org.stylemining.data.packed.SetListing;
import org.stylemining.dataset.Sample;
import scala.Tuple2;

/** Shards that other programs wrote are read as they are. */
class ReferenceShardsTest {
  private static final int PAIRS = 30;
  private static final Configuration HADOOP = new Configuration();

  @TempDir static Path folder;

  private static SparkSession session;

  private record Pair(String name, byte[] image, byte[] label) {}

  private static final List<Pair> ALL = new ArrayList<>();

  @BeforeAll
  static void start() {
    session =
        SparkSession.builder()
            .master("local[2]")
            .appName("reference shards")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
            .getOrCreate();
    Random random = new Random(3);
    for (int i = 0; i < PAIRS; i++) {
      byte[] image = new byte[1000 + random.nextInt(5000)];
      byte[] label = new byte[10 + random.nextInt(100)];
      random.nextBytes(image);
      random.nextBytes(label);
      ALL.add(new Pair("%05d.png".formatted(i), image, label));
    }
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  @Test
  void readsWhatSparkSavesAsASequenceFile() throws Exception {
    save("spark-sequence", null);

    requireSameBytes("sequence:" + folder.resolve("spark-sequence"));
  }

  @Test
  void readsSequenceFilesWhoseRecordsSparkCompressed() throws Exception {
    save("compressed-sequence", "RECORD");

    requireSameBytes("sequence:" + folder.resolve("compressed-sequence"));
  }

  @Test
  void readsParquetFilesThatSparkWrote() throws Exception {
    for (String compression : List.of("snappy", "none", "zstd")) {
      Path out = folder.resolve("spark-parquet-" + compression);
      frame()
          .repartition(3)
          .write()
          .option("compression", compression)
          .option("parquet.page.size.row.check.min", "1")
          .option("parquet.page.size", "4096")
          .parquet(out.toString());

      requireSameBytes("parquet:" + out);
    }
  }

  @Test
  void readsTheRowsOfLargePagesAndSmallRowGroups() throws Exception {
    Path out = folder.resolve("row-groups");
    frame()
        .coalesce(1)
        .write()
        .option("parquet.block.size", "8192")
        .option("parquet.block.size.row.check.min", "4")
        .parquet(out.toString());

    requireSameBytes("parquet:" + out);
  }

  @Test
  void readsParquetFilesThatPyArrowWrote() throws Exception {
    String python = Optional.ofNullable(System.getenv("ASM_PYTHON")).orElse("/usr/bin/python3");
    assumeTrue(
        runs(python, "import pyarrow.parquet"),
        () -> python + " has no pyarrow (ASM_PYTHON names another Python): skipped");
    Path out = Files.createDirectories(folder.resolve("pyarrow"));
    for (Pair pair : ALL) {
      Files.createDirectories(folder.resolve("plain/images"));
      Files.createDirectories(folder.resolve("plain/labels"));
      Files.write(folder.resolve("plain/images").resolve(pair.name()), pair.image());
      Files.write(folder.resolve("plain/labels").resolve(pair.name()), pair.label());
    }

    assertThat(
            runs(
                python,
                """
                import os
                import pyarrow as pa, pyarrow.parquet as pq
                root, out = %s
                names = sorted(os.listdir(root + '/images'))
                read = lambda name: open(root + '/' + name, 'rb').read()
                table = pa.table({
                    'path': pa.array(['images/' + n for n in names], pa.string()),
                    'image': pa.array([read('images/' + n) for n in names], pa.binary()),
                    'label': pa.array([read('labels/' + n) for n in names], pa.binary())})
                pq.write_table(table, out + '/plain.parquet', row_group_size=7)
                """
                    .formatted("('%s', '%s')".formatted(folder.resolve("plain"), out))))
        .isTrue();

    requireSameBytes("parquet:" + out);
  }

  private static boolean runs(String python, String program)
      throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(python, "-c", program).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void save(String name, String compression) {
    JavaSparkContext spark = new JavaSparkContext(session.sparkContext());
    List<Tuple2<String, byte[]>> files = new ArrayList<>();
    for (Pair pair : ALL) {
      files.add(new Tuple2<>("images/" + pair.name(), pair.image()));
      files.add(new Tuple2<>("labels/" + pair.name(), pair.label()));
    }
    Collections.shuffle(files, new Random(4));
    JavaPairRDD<Text, BytesWritable> records =
        spark
            .parallelize(files, 3)
            .mapToPair(file -> new Tuple2<>(new Text(file._1()), new BytesWritable(file._2())));
    org.apache.hadoop.mapred.JobConf job = new org.apache.hadoop.mapred.JobConf(HADOOP);
    if (compression != null) {
      job.set("mapreduce.output.fileoutputformat.compress", "true");
      job.set("mapreduce.output.fileoutputformat.compress.type", compression);
    }
    // What RDD.saveAsSequenceFile calls, which Java's API has not.
    records.saveAsHadoopFile(
        folder.resolve(name).toString(),
        Text.class,
        BytesWritable.class,
        SequenceFileOutputFormat.class,
        job);
  }

  private static Dataset<Row> frame() {
    List<Row> rows = new ArrayList<>();
    for (Pair pair : ALL) {
      rows.add(RowFactory.create("images/" + pair.name(), pair.image(), pair.label()));
    }
    return session.createDataFrame(
        rows,
        new StructType()
            .add("path", DataTypes.StringType)
            .add("image", DataTypes.BinaryType)
            .add("label", DataTypes.BinaryType));
  }

  private static void requireSameBytes(String root) throws Exception {
    List<Sample> samples =
        SetListing.of("data.sources[0]", root, Optional.empty(), 0, HADOOP)
            .labelled(Datasets.installed().get("type", "gta5"));
    HadoopFiles files = new HadoopFiles(HADOOP);

    assertThat(samples.stream().map(Sample::name).toList())
        .isEqualTo(ALL.stream().map(Pair::name).toList());
    for (int i = 0; i < PAIRS; i++) {
      assertThat(files.bytes(samples.get(i).image())).isEqualTo(ALL.get(i).image());
      assertThat(files.bytes(samples.get(i).label().orElseThrow())).isEqualTo(ALL.get(i).label());
    }
  }
}
