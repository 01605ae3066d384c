package org.stylemining.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Binarizer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.adapt.TaskTraining;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.UserMistake;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.RawLabels;
import org.stylemining.image.RgbImage;
import org.stylemining.provenance.Provenance;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.CheckpointState;
import org.stylemining.weights.CheckpointStore;
import scala.reflect.ClassTag$;

/** A trained network as a stage of Spark ML, in a session with two task slots. */
class SegmentationModelTest {
  private static final int IMAGES = 7;

  @TempDir static Path folder;
  private static SparkSession spark;
  private static Dataset<Row> photos;

  @BeforeAll
  static void sessionNetworkAndImages() throws Exception {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("test")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.warehouse.dir", at("warehouse"))
            .getOrCreate();
    Files.writeString(
        folder.resolve("small.conf"),
        """
        include "reference.conf"
        data.resize { width = 64, height = 32 }
        model { backbone = resnet18, width = 0.125, rates = [1, 2] }
        """);
    checkpoint("run", conf().render());
    checkpoint("imported", "");
    Files.createDirectories(folder.resolve("photos"));
    for (int i = 0; i < IMAGES; i++) {
      Files.write(folder.resolve("photos/" + i + ".png"), image(i));
    }
    photos = spark.read().format("binaryFile").load(at("photos")).orderBy("path").repartition(2);
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  @Test
  void labelsAreThoseOfSegment() throws Exception {
    for (LabelIds ids : LabelIds.values()) {
      segment("labels-" + ids.word(), ids);

      List<Row> rows =
          model()
              .setIds(ids.word())
              .setBatchSize(1)
              .setProbabilityCol("sure")
              .transform(photos)
              .select("path", "label", "sure", "reason")
              .collectAsList();

      assertThat(rows).hasSize(IMAGES);
      for (Row row : rows) {
        String name = new org.apache.hadoop.fs.Path(row.getString(0)).getName();
        Path out = folder.resolve("labels-" + ids.word());
        assertThat(row.<byte[]>getAs(1)).isEqualTo(Files.readAllBytes(out.resolve(name)));
        assertThat(row.<byte[]>getAs(2))
            .isEqualTo(Files.readAllBytes(out.resolve(name.replace(".png", "_probability.png"))));
        assertThat(row.isNullAt(3)).isTrue();
      }
    }
  }

  @Test
  void labelsDoNotDependOnBatchesAndHaveTheImagesSizes() throws Exception {
    List<ByteBuffer> alone = pictures(model().setBatchSize(1).transform(table(images())), "label");

    List<ByteBuffer> three = pictures(model().setBatchSize(3).transform(table(images())), "label");
    for (int i = 0; i < IMAGES; i++) {
      RawLabels labels = ImageFiles.decodeLabels(alone.get(i).array());
      assertSameLabels(three.get(i).array(), alone.get(i).array());
      assertThat(List.of(labels.width(), labels.height(), labels.bits()))
          .containsExactly(width(i), 40, 8);
      assertThat(Arrays.stream(labels.values()).max().orElseThrow())
          .isLessThan(model().classes().length);
    }
  }

  @Test
  void badImagesHaveReasonsAndTheRestIsLabelled() throws Exception {
    List<byte[]> files = images();
    files.add(2, Arrays.copyOf(files.get(0), 100));
    files.add(3, new byte[0]);
    files.add(5, null);
    files.add(6, header(16_000, 16_000));
    files.add("<html>".getBytes(StandardCharsets.UTF_8));

    List<Row> rows = model().setBatchSize(4).transform(table(files)).collectAsList();

    assertThat(rows.stream().map(row -> row.getLong(0)).toList())
        .as("in their order")
        .isEqualTo(IntStream.range(0, files.size()).mapToObj(i -> (long) i).toList());
    assertThat(reason(rows, 2)).startsWith("truncated");
    assertThat(reason(rows, 3)).isEqualTo("the file is empty");
    assertThat(reason(rows, 5)).isEqualTo("no image: content is null");
    assertThat(reason(rows, 6)).contains("256 megapixels").contains("spark.executor.memory");
    assertThat(reason(rows, files.size() - 1)).startsWith("not a PNG or JPEG");
    assertThat(rows.stream().filter(row -> row.getAs("label") == null)).hasSize(5);
    assertThat(rows.stream().filter(row -> row.getAs("reason") == null)).hasSize(IMAGES);
    assertSameLabels(
        rows.get(4).<byte[]>getAs("label"),
        pictures(model().transform(table(images())), "label").get(2).array());
  }

  @Test
  void columnsAreAppendedAndTheOthersKept() throws Exception {
    Metadata note = new MetadataBuilder().putString("unit", "none").build();
    Dataset<Row> given =
        table(images())
            .selectExpr("number", "content as `a photo`", "array(number, 2) as pair")
            .withColumn("number", org.apache.spark.sql.functions.col("number").as("number", note));
    SegmentationModel model =
        model()
            .setInputCol("a photo")
            .setOutputCol("classes")
            .setReasonCol("why")
            .setProbabilityCol("sure");

    Dataset<Row> all = model.transform(given);

    assertThat(all.columns())
        .containsExactly("number", "a photo", "pair", "classes", "why", "sure");
    assertThat(all.schema()).isEqualTo(model.transformSchema(given.schema()));
    assertThat(all.schema().apply("number").metadata()).isEqualTo(note);
    assertThat(Arrays.copyOf(all.schema().fields(), 3)).isEqualTo(given.schema().fields());
    assertThat(all.select("number", "pair").collectAsList())
        .isEqualTo(given.select("number", "pair").collectAsList());
  }

  @Test
  void isSavedAndLoadedWithParametersAndNetwork() throws Exception {
    SegmentationModel model = model().setIds("cityscapes").setProbabilityCol("sure");
    model.save(at("stage"));
    assertThatThrownBy(() -> model.save(at("stage"))).hasMessageContaining("already exists");
    model.write().overwrite().save(at("stage"));

    SegmentationModel loaded = SegmentationModel.load(at("stage"));

    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(loaded.explainParams()).isEqualTo(model.explainParams());
    for (String column : List.of("label", "sure")) {
      assertThat(pictures(loaded.transform(table(images())), column))
          .isEqualTo(pictures(model.transform(table(images())), column));
    }
    assertThat(folder.resolve("stage/network/model.safetensors")).exists();
    Checkpoint stored = checkpointAt("stage/network");
    assertThat(stored.state().round()).isEqualTo(3);
    assertThat(stored.state().configuration()).isEqualTo(conf().render());
  }

  @Test
  void worksInPipelinesThatAreSavedAndLoaded() throws Exception {
    PipelineModel pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  model(), model().setOutputCol("second").setReasonCol("second_reason")
                })
            .fit(table(images()));
    pipeline.write().overwrite().save(at("pipeline"));

    Dataset<Row> labelled = PipelineModel.load(at("pipeline")).transform(table(images()));

    List<ByteBuffer> alone = pictures(model().transform(table(images())), "label");
    assertThat(pictures(labelled, "label")).isEqualTo(alone);
    assertThat(pictures(labelled, "second")).isEqualTo(alone);
  }

  @Test
  void aCopyHasTheNetworkAndParametersOfItsOwn() throws Exception {
    SegmentationModel model = model();
    SegmentationModel copy =
        model.copy(new org.apache.spark.ml.param.ParamMap().put(model.outputCol().w("other")));

    assertThat(copy.getOutputCol()).isEqualTo("other");
    assertThat(model.getOutputCol()).isEqualTo("label");
    assertThat(copy.setBatchSize(2).transform(table(images())).columns()).contains("other");
    assertThat(model.getBatchSize()).isZero();
  }

  @Test
  void aColumnThatDoesNotFitIsToldBeforeAnyWork() throws Exception {
    Dataset<Row> table = table(images());
    SegmentationModel model = model();

    assertThatThrownBy(() -> model.copy(none()).setInputCol("photo").transform(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("__inputCol = photo")
        .hasMessageContaining("found the columns number, content");
    assertThatThrownBy(() -> model.copy(none()).setInputCol("number").transform(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("binaryFile")
        .hasMessageContaining("found bigint");
    assertThatThrownBy(() -> model.copy(none()).setOutputCol("Content").transform(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("__outputCol = Content")
        .hasMessageContaining("not there yet");
    assertThatThrownBy(() -> model.copy(none()).setProbabilityCol("label").transform(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("__probabilityCol = label");
  }

  @Test
  void valuesOfParametersAreCheckedAndExplained() throws Exception {
    SegmentationModel model = model();
    assertThatThrownBy(() -> model.setIds("gta5")).hasMessageContaining("ids given invalid value");
    assertThatThrownBy(() -> model.setBatchSize(-1)).hasMessageContaining("batchSize");
    assertThatThrownBy(() -> model.setOutputCol(" ")).hasMessageContaining("outputCol");
    assertThat(model.explainParams())
        .contains("inputCol: column of the images' files")
        .contains("(default: content)")
        .contains("probabilityCol: name of a column")
        .contains("(undefined)");
    assertThat(model.params()).hasSize(6);
    assertThat(model).hasToString(model.uid() + ": 19 classes, input 64x32, network of " + where());
  }

  @Test
  void theNetworksSizeComesFromTheConfigurationGiven() throws Exception {
    SegmentationModel larger =
        SegmentationModel.ofCheckpoint(
            at("imported"), at("small.conf"), "evaluate.resize={width=96,height=64}");

    assertThat(larger.toString()).contains("input 96x64");
    larger.write().overwrite().save(at("larger"));
    assertThat(SegmentationModel.load(at("larger")).toString()).contains("input 96x64");
  }

  @Test
  void aCheckpointThatDoesNotFitIsAMistake() {
    assertThatThrownBy(() -> SegmentationModel.ofCheckpoint(at("nowhere")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(at("nowhere"));
    assertThatThrownBy(() -> SegmentationModel.ofCheckpoint(at("imported")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("give the configuration too");
    assertThatThrownBy(
            () -> SegmentationModel.ofCheckpoint(at("run"), at("small.conf"), "model.width=0.5"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("model.width = 0.5");
    assertThatThrownBy(
            () ->
                SegmentationModel.ofCheckpoint(at("run"), at("small.conf"), "data.labels=camvid11"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("data.labels = camvid11");
  }

  @Test
  void anotherStageOrADamagedNetworkIsAMistake() throws Exception {
    new Binarizer().write().overwrite().save(at("binarizer"));
    assertThatThrownBy(() -> SegmentationModel.load(at("binarizer")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("found a org.apache.spark.ml.feature.Binarizer");

    model().write().overwrite().save(at("cut"));
    Path weights = folder.resolve("cut/network/model.safetensors");
    Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 1_000));
    assertThatThrownBy(() -> SegmentationModel.load(at("cut")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("damaged");

    assertThatThrownBy(() -> new SegmentationModel("bare").transform(photos))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ofCheckpoint");
  }

  @Test
  void aTaskThatStopsEarlyLabelsNoMoreThanABatch() throws Exception {
    List<Row> first = model().setBatchSize(2).transform(table(images())).limit(1).collectAsList();

    assertThat(first).hasSize(1);
    // The network was given back: another task labels with it.
    assertThat(pictures(model().setBatchSize(2).transform(table(images())), "label").get(0).array())
        .isEqualTo(first.get(0).<byte[]>getAs("label"));
  }

  @Test
  void aSessionMayUseKryo() throws Exception {
    SerializerInstance kryo = new KryoSerializer(new SparkConf(false)).newInstance();
    ServedModel model = ServedModel.of(conf(), checkpointAt("run").model().values());

    ServedModel read =
        kryo.deserialize(
            kryo.serialize(model, ClassTag$.MODULE$.apply(ServedModel.class)),
            ClassTag$.MODULE$.apply(ServedModel.class));

    assertThat(read).isEqualTo(model);
  }

  private static SegmentationModel model() throws IOException {
    return SegmentationModel.ofCheckpoint(at("run"));
  }

  private static org.apache.spark.ml.param.ParamMap none() {
    return new org.apache.spark.ml.param.ParamMap();
  }

  private static String where() throws IOException {
    return checkpointAt("run").path().toString();
  }

  /** Numbered rows in one partition. */
  private static Dataset<Row> table(List<byte[]> files) {
    List<Row> rows = new ArrayList<>();
    for (byte[] file : files) {
      rows.add(RowFactory.create((long) rows.size(), file));
    }
    return spark
        .createDataFrame(
            rows,
            new StructType(
                new StructField[] {
                  DataTypes.createStructField("number", DataTypes.LongType, false),
                  DataTypes.createStructField("content", DataTypes.BinaryType, true)
                }))
        .coalesce(1);
  }

  /** The values of a binary column, in the rows' order. */
  private static List<ByteBuffer> pictures(Dataset<Row> table, String column) {
    return table.select(column).collectAsList().stream()
        .map(row -> ByteBuffer.wrap(row.<byte[]>getAs(0)))
        .toList();
  }

  /**
   * Of images that went through the network in other batches: products of other sizes may round
   * differently, which turns the label where two classes are as likely.
   */
  private static void assertSameLabels(byte[] found, byte[] expected) throws IOException {
    int[] a = ImageFiles.decodeLabels(found).values();
    int[] b = ImageFiles.decodeLabels(expected).values();
    assertThat(a).hasSameSizeAs(b);
    assertThat(IntStream.range(0, a.length).filter(pixel -> a[pixel] != b[pixel]).count())
        .isLessThan(a.length / 500);
  }

  private static String reason(List<Row> rows, int number) {
    assertThat(rows.get(number).<byte[]>getAs("label")).isNull();
    return rows.get(number).getAs("reason");
  }

  private static void segment(String out, LabelIds ids) throws IOException {
    FolderSegmentation.plan(
            conf(),
            checkpointAt("run"),
            ImageListing.of(
                at("photos"), new org.apache.hadoop.fs.Path(at(out)), new Configuration()),
            at(out),
            // Products of other sizes may round differently.
            LabelOptions.of(EnumSet.of(View.LABELS, View.PROBABILITY), ids, 1, conf()),
            false,
            new Configuration())
        .run(
            JavaSparkContext.fromSparkContext(spark.sparkContext()),
            2,
            Provenance.start("test", "test", 1, null, "test", List.of(), Instant.now()),
            new PrintStream(OutputStream.nullOutputStream()));
  }

  private static AsmConfig conf() {
    return ConfigReader.read(at("small.conf"), List.of());
  }

  private static Checkpoint checkpointAt(String name) throws IOException {
    return Checkpoint.read(new org.apache.hadoop.fs.Path(at(name)), new Configuration());
  }

  /** A run of an untrained network. */
  private static void checkpoint(String name, String configuration) throws IOException {
    new CheckpointStore(new org.apache.hadoop.fs.Path(at(name)), new Configuration())
        .save(
            new CheckpointState(3, 1, 1, 1, 1, "test", "test", configuration, null),
            TaskTraining.initial(conf(), Optional.empty(), ""),
            new float[0]);
  }

  private static List<byte[]> images() {
    return new ArrayList<>(
        IntStream.range(0, IMAGES).mapToObj(SegmentationModelTest::image).toList());
  }

  private static int width(int number) {
    return 50 + 10 * number;
  }

  /** An image of its own size, of coarse random squares. */
  private static byte[] image(int number) {
    int width = width(number);
    byte[] rgb = new byte[3 * width * 40];
    byte[] squares = new byte[3 * 1_000];
    new Random(number).nextBytes(squares);
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      rgb[i] = squares[3 * (y / 8 * 30 + x / 8) + i % 3];
    }
    return ImageFiles.encodePng(new RgbImage(width, 40, rgb));
  }

  /** A PNG that is all header. */
  private static byte[] header(int width, int height) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(png);
    out.writeLong(0x89504E470D0A1A0AL);
    ByteArrayOutputStream size = new ByteArrayOutputStream();
    DataOutputStream values = new DataOutputStream(size);
    values.writeInt(width);
    values.writeInt(height);
    values.write(new byte[] {8, 2, 0, 0, 0});
    chunk(out, "IHDR", size.toByteArray());
    chunk(out, "IDAT", new byte[0]);
    chunk(out, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(type.getBytes(StandardCharsets.ISO_8859_1));
    sum.update(data);
    out.writeInt(data.length);
    out.writeBytes(type);
    out.write(data);
    out.writeInt((int) sum.getValue());
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }
}
