package org.stylemining.serving;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.stylemining.adapt.Predictor;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.Size;
import org.stylemining.config.UserMistake;
import org.stylemining.data.LabelSpaces;
import scala.Function1;

/**
 * A trained network as a stage of Spark ML: appends to rows with the files of PNG and JPEG images
 * (such as those of the data source {@code binaryFile}) the images' labels, an 8-bit grey PNG of
 * the image's own size whose values are the classes' ids, as {@code segment} writes them.
 *
 * <p>Rows keep their columns and their order. An image that cannot be labelled has a null and a
 * reason; the others are labelled. A task holds a batch of images at a time, however many rows its
 * partition has.
 */
public final class SegmentationModel extends Model<SegmentationModel>
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> reasonCol;
  private final Param<String> probabilityCol;
  private final Param<String> ids;
  private final IntParam batchSize;

  /** Null in a stage without a network; not sent along where a closure refers to the stage. */
  private transient TrainedNetwork network;

  /**
   * A stage without a network, for Spark's own reader and copies; {@link #ofCheckpoint} and {@link
   * #load} give whole ones.
   *
   * @param uid name of the stage that no other has
   */
  public SegmentationModel(String uid) {
    this.uid = uid;
    inputCol = column("inputCol", "column of the images' files: PNG or JPEG, binary");
    outputCol =
        column(
            "outputCol",
            "name of the column for the labels: binary, an 8-bit grey PNG of the image's size whose values are the classes' ids; null where there are none");
    reasonCol =
        column(
            "reasonCol",
            "name of the column that says why an image has no labels: string, null where it has some");
    probabilityCol =
        column(
            "probabilityCol",
            "name of a column for the softmax probability of each pixel's class: binary, an 8-bit grey PNG, 0..255 for 0..1; no such column where it is not set");
    ids =
        new Param<>(
            this,
            "ids",
            "which ids stand for the classes: train (0..K-1) or cityscapes (those of Cityscapes' label files: 7 road, 8 sidewalk, ...)",
            ParamValidators.inArray(Arrays.stream(LabelIds.values()).map(LabelIds::word).toList()));
    batchSize =
        new IntParam(
            this,
            "batchSize",
            "images that go through the network together, at least 0; memory grows with it; 0: as many as make 256 x 512 pixels of its input",
            ParamValidators.<Object>gtEq(0));
    setDefault(inputCol, "content");
    setDefault(outputCol, "label");
    setDefault(reasonCol, "reason");
    setDefault(ids, LabelIds.TRAIN.word());
    setDefault(batchSize, (Object) 0);
  }

  private Param<String> column(String name, String doc) {
    return new Param<>(
        this,
        name,
        doc,
        (Function1<String, Object> & Serializable) column -> column != null && !column.isBlank());
  }

  /**
   * The network of a checkpoint, in the size that it was evaluated in, with the configuration that
   * the checkpoint tells.
   *
   * @param place a checkpoint's folder, or a run's: its newest complete one; a path or a URI
   * @throws UserMistake where there is none, or it tells no configuration, as imported weights do
   */
  public static SegmentationModel ofCheckpoint(String place) throws IOException {
    return of(TrainedNetwork.read(place, hadoop()));
  }

  /**
   * The network of a checkpoint with a configuration given, which is to be of the same network.
   *
   * @param conf file of the configuration, as for {@code segment}; a path or a URI
   * @param overrides {@code key=value}, which win over the file's, such as {@code
   *     evaluate.resize={width=1024,height=512}}
   * @throws UserMistake where they do not go together
   */
  public static SegmentationModel ofCheckpoint(String place, String conf, String... overrides)
      throws IOException {
    Configuration hadoop = hadoop();
    AsmConfig config = ConfigReader.read(conf, List.of(overrides), hadoop);
    return of(TrainedNetwork.read(place, config, hadoop));
  }

  private static Configuration hadoop() {
    return SparkSession.active().sparkContext().hadoopConfiguration();
  }

  private static SegmentationModel of(TrainedNetwork network) {
    SegmentationModel model = new SegmentationModel(Identifiable.randomUID("segmentation"));
    model.network = network;
    return model;
  }

  /**
   * Reads a stage that {@link #save} wrote.
   *
   * @throws UserMistake where the folder holds no such stage, or is damaged
   */
  public static SegmentationModel load(String path) {
    return read().load(path);
  }

  /** Spark's reader of such stages. */
  public static MLReader<SegmentationModel> read() {
    return new SegmentationModelReader();
  }

  /**
   * Spark's writer of this stage: a folder with the stage's parameters as Spark writes them, and a
   * checkpoint with the network's weights and configuration.
   */
  @Override
  public MLWriter write() {
    return new SegmentationModelWriter(this);
  }

  MLWriter parameterWriter() {
    return DefaultParamsWritable.super.write();
  }

  SegmentationModel with(TrainedNetwork trained) {
    network = trained;
    return this;
  }

  TrainedNetwork network() {
    if (network == null) {
      throw new IllegalStateException(
          uid + " has no network: use SegmentationModel.ofCheckpoint or SegmentationModel.load");
    }
    return network;
  }

  /**
   * Appends the columns; lazily, as Spark does. Every action on the result labels the images anew
   * unless it is written or cached.
   */
  @Override
  public Dataset<Row> transform(Dataset<?> images) {
    StructType given = images.schema();
    StructType schema = transformSchema(given, true);
    Dataset<Row> rows =
        images
            .toDF()
            .mapPartitions(
                new RowLabelling(
                    network().on(images.sparkSession().sparkContext()),
                    options(),
                    given.fieldIndex(getInputCol()),
                    getInputCol()),
                Encoders.row(schema));
    return withMetadata(rows, schema);
  }

  /** Puts the columns' metadata back, which Spark loses where rows are mapped. */
  private static Dataset<Row> withMetadata(Dataset<Row> rows, StructType schema) {
    if (Arrays.stream(schema.fields()).allMatch(f -> f.metadata().equals(Metadata.empty()))) {
      return rows;
    }
    return rows.select(
        Arrays.stream(schema.fields())
            .map(
                field ->
                    functions
                        .col("`" + field.name().replace("`", "``") + "`")
                        .as(field.name(), field.metadata()))
            .toArray(Column[]::new));
  }

  /**
   * The columns given and those appended: labels, reason, and probability where it is asked for.
   *
   * @throws IllegalArgumentException where there is no column of images, it is not binary, or a
   *     column to be appended is there already
   * @throws UserMistake where the network's classes have no ids of the kind asked for
   */
  @Override
  public StructType transformSchema(StructType schema) {
    requireImages(schema);
    labelIds().require(LabelSpaces.of(network().config().data()), uid + "__ids");
    StructType all = append(schema, outputCol, DataTypes.BinaryType);
    all = append(all, reasonCol, DataTypes.StringType);
    return isDefined(probabilityCol) ? append(all, probabilityCol, DataTypes.BinaryType) : all;
  }

  private void requireImages(StructType schema) {
    List<String> names = List.of(schema.fieldNames());
    if (!names.contains(getInputCol())) {
      throw new IllegalArgumentException(
          "%s = %s: expected a binary column of that name, found the columns %s"
              .formatted(inputCol, getInputCol(), String.join(", ", names)));
    }
    DataType type = schema.apply(getInputCol()).dataType();
    if (!type.equals(DataTypes.BinaryType)) {
      throw new IllegalArgumentException(
          "%s = %s: expected a binary column (the files of images, such as spark.read.format(\"binaryFile\") gives), found %s"
              .formatted(inputCol, getInputCol(), type.catalogString()));
    }
  }

  private StructType append(StructType schema, Param<String> column, DataType type) {
    String name = getOrDefault(column);
    for (StructField field : schema.fields()) {
      // Spark's SQL takes names that differ in case alone for the same, unless it is told not to.
      if (field.name().equalsIgnoreCase(name)) {
        throw new IllegalArgumentException(
            "%s = %s: expected the name of a column that is not there yet, found %s among %s"
                .formatted(
                    column, name, field.name(), String.join(", ", List.of(schema.fieldNames()))));
      }
    }
    List<StructField> fields = new ArrayList<>(List.of(schema.fields()));
    fields.add(DataTypes.createStructField(name, type, true));
    return DataTypes.createStructType(fields);
  }

  private LabelOptions options() {
    Set<View> views = EnumSet.of(View.LABELS);
    if (isDefined(probabilityCol)) {
      views.add(View.PROBABILITY);
    }
    return LabelOptions.of(views, labelIds(), getBatchSize(), network().config());
  }

  private LabelIds labelIds() {
    return LabelIds.valueOf(getIds().toUpperCase(Locale.ROOT));
  }

  /** A stage of the same network; other values for parameters win over this one's. */
  @Override
  public SegmentationModel copy(ParamMap extra) {
    SegmentationModel copy = defaultCopy(extra);
    return copy.with(network).setParent(parent());
  }

  /** Names of the classes, by train id. */
  public String[] classes() {
    return LabelSpaces.of(network().config().data()).classes().toArray(String[]::new);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Column of the images' files; {@code content} unless set, as in Spark's {@code binaryFile}. */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** Name of the column for the labels; {@code label} unless set. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** Name of the column that says why an image has no labels; {@code reason} unless set. */
  public Param<String> reasonCol() {
    return reasonCol;
  }

  /** Name of the column for probabilities; there is none unless it is set. */
  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  /** Which ids stand for the classes; {@code train} unless set. */
  public Param<String> ids() {
    return ids;
  }

  /** Images that go through the network together; 0: chosen by its input's size. */
  public IntParam batchSize() {
    return batchSize;
  }

  public String getInputCol() {
    return getOrDefault(inputCol);
  }

  public SegmentationModel setInputCol(String name) {
    set(inputCol, name);
    return this;
  }

  public String getOutputCol() {
    return getOrDefault(outputCol);
  }

  public SegmentationModel setOutputCol(String name) {
    set(outputCol, name);
    return this;
  }

  public String getReasonCol() {
    return getOrDefault(reasonCol);
  }

  public SegmentationModel setReasonCol(String name) {
    set(reasonCol, name);
    return this;
  }

  /**
   * The name set.
   *
   * @throws java.util.NoSuchElementException where none is
   */
  public String getProbabilityCol() {
    return getOrDefault(probabilityCol);
  }

  public SegmentationModel setProbabilityCol(String name) {
    set(probabilityCol, name);
    return this;
  }

  public String getIds() {
    return getOrDefault(ids);
  }

  public SegmentationModel setIds(String kind) {
    set(ids, kind);
    return this;
  }

  public int getBatchSize() {
    return (int) getOrDefault(batchSize);
  }

  public SegmentationModel setBatchSize(int images) {
    set(batchSize, (Object) images);
    return this;
  }

  /** {@code segmentation_1f2e: 19 classes, input 1024x512, network of hdfs:/…}. */
  @Override
  public String toString() {
    if (network == null) {
      return uid + ": no network";
    }
    Size input = Predictor.inputSize(network.config());
    return "%s: %d classes, input %dx%d, network of %s"
        .formatted(uid, classes().length, input.width(), input.height(), network.path());
  }
}
