package org.stylemining.data.packed;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Stream;

/**
 * What lies where in a packed set; {@value #FILE} beside its shards, a line for each sample.
 *
 * @param layout of this file: {@value #LAYOUT}
 * @param type of the set, such as {@code gta5}: its labels mean what they mean there
 * @param split the part of the set that was packed; null: all of it
 * @param format of the shards
 * @param program that packed it: version and commit
 * @param images number of images
 * @param labels number of label files: as many, or none
 * @param bytes of these files
 * @param shards in the set's order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PackManifest(
    int layout,
    String type,
    String split,
    PackFormat format,
    String program,
    long images,
    long labels,
    long bytes,
    List<PackedShard> shards) {
  /** Its name: hidden, so that no listing of images or shards meets it. */
  public static final String FILE = "_pack.json";

  static final int LAYOUT = 1;

  public PackManifest {
    shards = shards == null ? List.of() : List.copyOf(shards);
  }

  /** The manifest of these shards. */
  public static PackManifest of(
      String type, String split, PackFormat format, String program, List<PackedShard> shards) {
    List<PackedFile> images = rows(shards).map(PackedRow::image).toList();
    List<PackedFile> labels =
        rows(shards).map(PackedRow::label).filter(label -> label != null).toList();
    return new PackManifest(
        LAYOUT,
        type,
        split,
        format,
        program,
        images.size(),
        labels.size(),
        Stream.concat(images.stream(), labels.stream()).mapToLong(PackedFile::length).sum(),
        shards);
  }

  /** All samples, in the set's order. */
  Stream<PackedRow> rows() {
    return rows(shards);
  }

  private static Stream<PackedRow> rows(List<PackedShard> shards) {
    return shards.stream().flatMap(shard -> shard.rows().stream());
  }

  public String toJson() {
    return PackJson.text(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException where the text is no such JSON, or its numbers do not agree
   *     with its lines
   */
  public static PackManifest fromJson(String json) {
    PackManifest read = PackJson.of(json, PackManifest.class, "a packed set's manifest");
    if (read.layout != LAYOUT) {
      throw new IllegalArgumentException(
          "expected a manifest of layout %d, found %d".formatted(LAYOUT, read.layout));
    }
    if (read.type == null || read.format == null) {
      throw new IllegalArgumentException("expected a type and a format");
    }
    PackManifest counted = of(read.type, read.split, read.format, read.program, read.shards);
    if (!counted.equals(read)) {
      throw new IllegalArgumentException(
          "it tells of %d images, %d labels and %d bytes, and lists %d, %d and %d"
              .formatted(
                  read.images,
                  read.labels,
                  read.bytes,
                  counted.images,
                  counted.labels,
                  counted.bytes));
    }
    return read;
  }
}
