package org.stylemining.data.packed;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/**
 * A row a sample and a page a file, so that one image can be read alone; uncompressed, for images
 * are so already, and with a checksum for every page.
 */
final class ParquetShardWriter implements ShardWriter {
  /** A row group is held on the heap until it is whole. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private static final int ROWS_BETWEEN_CHECKS = 4;

  private final ParquetWriter<Group> writer;
  private final MessageType schema;
  private final boolean labelled;
  private long rows;

  private ParquetShardWriter(ParquetWriter<Group> writer, MessageType schema, boolean labelled) {
    this.writer = writer;
    this.schema = schema;
    this.labelled = labelled;
  }

  static ParquetShardWriter open(
      FileSystem files, Path path, boolean labelled, Configuration hadoop) throws IOException {
    Types.GroupBuilder<MessageType> columns =
        Types.buildMessage()
            .addField(Types.required(BINARY).as(stringType()).named(ParquetShard.PATH))
            .addField(Types.required(BINARY).named(Column.IMAGE.key()));
    if (labelled) {
      columns.addField(Types.required(BINARY).named(Column.LABEL.key()));
    }
    MessageType schema = columns.named("sample");
    ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new NewFile(files, path))
            .withConf(hadoop)
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .withDictionaryEncoding(false)
            .withPageWriteChecksumEnabled(true)
            .withPageRowCountLimit(1)
            .withRowGroupSize(ROW_GROUP_BYTES)
            .withMinRowCountForPageSizeCheck(1)
            .withMaxRowCountForPageSizeCheck(ROWS_BETWEEN_CHECKS)
            .build();
    return new ParquetShardWriter(writer, schema, labelled);
  }

  @Override
  public PackedRow append(NamedFile image, Optional<NamedFile> label) throws IOException {
    if (label.isPresent() != labelled) {
      throw new IllegalArgumentException(
          image.path() + (labelled ? ": expected a label" : ": a label in a shard without"));
    }
    Group row = new SimpleGroup(schema);
    row.add(ParquetShard.PATH, image.path());
    row.add(Column.IMAGE.key(), Binary.fromConstantByteArray(image.bytes()));
    label.ifPresent(
        file -> row.add(Column.LABEL.key(), Binary.fromConstantByteArray(file.bytes())));
    writer.write(row);
    long position = rows++;
    return new PackedRow(
        PackedFile.of(image.path(), position, image.bytes()),
        label.map(file -> PackedFile.of(file.path(), position, file.bytes())).orElse(null));
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  /** A file on a file system that is open already. */
  private record NewFile(FileSystem files, Path path) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) throws IOException {
      return HadoopStreams.wrap(files.create(path, false));
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
      return HadoopStreams.wrap(files.create(path, true));
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
