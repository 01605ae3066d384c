package org.stylemining.data.packed;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.Text;

/** Image and label as two records, side by side, uncompressed: their files are so already. */
final class SequenceShardWriter implements ShardWriter {
  private final FSDataOutputStream out;
  private final SequenceFile.Writer writer;
  private final boolean labelled;

  private SequenceShardWriter(
      FSDataOutputStream out, SequenceFile.Writer writer, boolean labelled) {
    this.out = out;
    this.writer = writer;
    this.labelled = labelled;
  }

  static SequenceShardWriter open(
      FileSystem files, Path path, boolean labelled, Configuration hadoop) throws IOException {
    FSDataOutputStream out = files.create(path, false);
    try {
      return new SequenceShardWriter(
          out,
          SequenceFile.createWriter(
              hadoop,
              SequenceFile.Writer.stream(out),
              SequenceFile.Writer.keyClass(Text.class),
              SequenceFile.Writer.valueClass(BytesWritable.class),
              SequenceFile.Writer.compression(CompressionType.NONE)),
          labelled);
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  @Override
  public PackedRow append(NamedFile image, Optional<NamedFile> label) throws IOException {
    if (label.isPresent() != labelled) {
      throw new IllegalArgumentException(
          image.path() + (labelled ? ": expected a label" : ": a label in a shard without"));
    }
    PackedFile imagePlace = append(image);
    return new PackedRow(imagePlace, label.isPresent() ? append(label.get()) : null);
  }

  private PackedFile append(NamedFile file) throws IOException {
    long position = writer.getLength();
    writer.append(new Text(file.path()), new BytesWritable(file.bytes()));
    return PackedFile.of(file.path(), position, file.bytes());
  }

  @Override
  public void close() throws IOException {
    try (out) {
      writer.close();
    }
  }
}
