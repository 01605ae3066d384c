package org.stylemining.data.packed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.internal.filter2.columnindex.ColumnIndexStore.MissingOffsetIndexException;
import org.apache.parquet.internal.filter2.columnindex.RowRanges;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * A Parquet file with a sample a row: {@link #PATH}, the bytes of the image and those of its label.
 * Of a row the one page is read in which its file lies, found by the file's offset index; where it
 * has none, the row group.
 */
final class ParquetShard implements Shard {
  /** The column of paths, of which each row's is the path of its image. */
  static final String PATH = "path";

  private final ShardStream stream;
  private final ParquetFileReader reader;
  private final MessageType columns;
  private final Column column;

  private ParquetShard(
      ShardStream stream, ParquetFileReader reader, MessageType columns, Column column) {
    this.stream = stream;
    this.reader = reader;
    this.columns = columns;
    this.column = column;
  }

  /**
   * Opens a file for reading one of its columns, and checks what it is.
   *
   * @throws BrokenShard where it is no Parquet file with these columns
   */
  static ParquetShard open(FileSystem files, Path path, Column column, Configuration hadoop)
      throws IOException {
    ShardStream stream = ShardStream.open(files, path);
    try {
      ParquetFileReader reader =
          ParquetFileReader.open(
              stream, HadoopReadOptions.builder(hadoop).usePageChecksumVerification(true).build());
      MessageType schema = reader.getFileMetaData().getSchema();
      MessageType columns =
          new MessageType(schema.getName(), binary(schema, PATH), binary(schema, column.key()));
      reader.setRequestedSchema(columns);
      return new ParquetShard(stream, reader, columns, column);
    } catch (IOException e) {
      stream.close();
      throw BrokenShard.of("not a whole Parquet file: its footer", e);
    } catch (RuntimeException e) {
      // Parquet's readers answer damaged bytes with runtime exceptions.
      stream.close();
      throw new BrokenShard("not a whole Parquet file: " + e.getMessage(), e);
    }
  }

  private static Type binary(MessageType schema, String name) throws BrokenShard {
    List<String> names = schema.getFields().stream().map(Type::getName).toList();
    if (!names.contains(name)) {
      throw new BrokenShard(
          "a Parquet file with the columns %s; expected %s".formatted(names, name));
    }
    Type type = schema.getType(name);
    if (!type.isPrimitive()
        || type.isRepetition(Type.Repetition.REPEATED)
        || type.asPrimitiveType().getPrimitiveTypeName() != PrimitiveTypeName.BINARY) {
      throw new BrokenShard(
          "the Parquet column %s is %s; expected %s"
              .formatted(name, type, name.equals(PATH) ? "a string" : "binary"));
    }
    return type;
  }

  /** Whether a file has labels. */
  boolean labelled() {
    return reader.getFileMetaData().getSchema().containsField(Column.LABEL.key());
  }

  /** All rows, of which the paths alone are read; a file's length is its column's mean. */
  List<PackedRow> rows() throws IOException {
    boolean labelled = labelled();
    MessageType paths = new MessageType(columns.getName(), columns.getType(PATH));
    reader.setRequestedSchema(paths);
    List<PackedRow> rows = new ArrayList<>();
    try {
      for (int group = 0; group < reader.getRowGroups().size(); group++) {
        BlockMetaData block = reader.getRowGroups().get(group);
        RecordReader<Group> records = records(reader.readRowGroup(group), paths);
        long imageBytes = mean(block, Column.IMAGE);
        long labelBytes = labelled ? mean(block, Column.LABEL) : 0;
        for (long i = 0; i < block.getRowCount(); i++) {
          Group row = records.read();
          if (row.getFieldRepetitionCount(PATH) == 0) {
            throw new BrokenShard("row %d has no path".formatted(rows.size()));
          }
          String path = row.getString(PATH, 0);
          PackedFile image = new PackedFile(path, rows.size(), imageBytes, null);
          rows.add(
              new PackedRow(
                  image, labelled ? new PackedFile(path, rows.size(), labelBytes, null) : null));
        }
      }
    } catch (IOException e) {
      throw BrokenShard.of("its column of paths", e);
    } catch (RuntimeException e) {
      throw new BrokenShard("its column of paths cannot be read: " + e.getMessage(), e);
    } finally {
      reader.setRequestedSchema(columns);
    }
    return rows;
  }

  /** The most bytes that the reading of one image takes: those of its largest page, or chunk. */
  long mostBytesRead() throws IOException {
    long most = 0;
    for (BlockMetaData block : reader.getRowGroups()) {
      ColumnChunkMetaData chunk = chunk(block, column);
      OffsetIndex pages = reader.readOffsetIndex(chunk);
      if (pages == null) {
        most = Math.max(most, chunk.getTotalSize());
      } else {
        for (int page = 0; page < pages.getPageCount(); page++) {
          most = Math.max(most, pages.getCompressedPageSize(page));
        }
      }
    }
    return most;
  }

  @Override
  public byte[] read(ShardAddress address) throws IOException {
    try {
      Group row = row(address.position());
      // A label's own path is nowhere in the file; where it was packed here, its checksum is known.
      if (column == Column.IMAGE || address.checksum().isEmpty()) {
        String path = row.getString(PATH, 0);
        if (!path.equals(address.path())) {
          throw new BrokenShard(
              "in this row lies %s: the shard is not the one that was listed".formatted(path));
        }
      }
      if (row.getFieldRepetitionCount(column.key()) == 0) {
        throw new BrokenShard("the row has no " + column.key());
      }
      return row.getBinary(column.key(), 0).getBytes();
    } catch (IOException e) {
      throw BrokenShard.of("the row", e);
    } catch (RuntimeException | AssertionError e) {
      // Where Java checks assertions, the reader answers a damaged index with one.
      throw new BrokenShard("the row cannot be read: " + e.getMessage(), e);
    }
  }

  private Group row(long position) throws IOException {
    long first = 0;
    for (int group = 0; group < reader.getRowGroups().size(); group++) {
      BlockMetaData block = reader.getRowGroups().get(group);
      if (position < first + block.getRowCount()) {
        return row(group, block, position - first);
      }
      first += block.getRowCount();
    }
    throw new BrokenShard("the shard has no row %d: it has %d".formatted(position, first));
  }

  private Group row(int group, BlockMetaData block, long row) throws IOException {
    PageReadStore pages;
    long first = 0;
    try {
      OffsetIndex index =
          reader.getColumnIndexStore(group).getOffsetIndex(ColumnPath.get(column.key()));
      int page = page(index, row);
      first = index.getFirstRowIndex(page);
      pages =
          reader.readFilteredRowGroup(
              group, RowRanges.create(block.getRowCount(), IntStream.of(page).iterator(), index));
    } catch (MissingOffsetIndexException e) {
      pages = reader.readRowGroup(group);
    }
    RecordReader<Group> records = records(pages, columns);
    for (long before = first; before < row; before++) {
      records.read();
    }
    return records.read();
  }

  private static int page(OffsetIndex index, long row) {
    int page = index.getPageCount() - 1;
    while (page > 0 && index.getFirstRowIndex(page) > row) {
      page--;
    }
    return page;
  }

  private static RecordReader<Group> records(PageReadStore pages, MessageType columns) {
    return new ColumnIOFactory()
        .getColumnIO(columns)
        .getRecordReader(pages, new GroupRecordConverter(columns));
  }

  private static long mean(BlockMetaData block, Column column) throws BrokenShard {
    return chunk(block, column).getTotalUncompressedSize() / Math.max(1, block.getRowCount());
  }

  private static ColumnChunkMetaData chunk(BlockMetaData block, Column column) throws BrokenShard {
    for (ColumnChunkMetaData chunk : block.getColumns()) {
      if (chunk.getPath().equals(ColumnPath.get(column.key()))) {
        return chunk;
      }
    }
    throw new BrokenShard("a row group without the column " + column.key());
  }

  @Override
  public void rest() {
    stream.rest();
  }

  @Override
  public void close() throws IOException {
    reader.close();
    stream.close();
  }
}
