package org.stylemining.data.packed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

/** Small sets in folders and in shards. */
final class Packs {
  static final Configuration HADOOP = new Configuration();

  private Packs() {}

  /** Pairs in GTA5's layout, each image and label of a colour of its own. */
  static void gta5(Path folder, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      String name = "%05d.png".formatted(i);
      write(
          folder.resolve("images/" + name),
          ImageFiles.encodePng(RgbImage.filled(12, 8, new int[] {i, 100, 200})));
      write(
          folder.resolve("labels/" + name),
          ImageFiles.encodeGreyPng(LabelMap.filled(12, 8, 7 + i % 2)));
    }
  }

  static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** Packs a folder's pairs {@code images/X} and {@code labels/X}, so many to a shard. */
  static PackManifest pack(
      Path folder, Path out, String type, String split, PackFormat format, int each)
      throws IOException {
    List<Path> images;
    try (Stream<Path> all = Files.walk(folder.resolve("images"))) {
      images = all.filter(Files::isRegularFile).sorted().toList();
    }
    FileSystem files = ((LocalFileSystem) FileSystem.getLocal(HADOOP)).getRaw();
    Files.createDirectories(out);
    List<PackedShard> shards = new ArrayList<>();
    for (int from = 0; from < images.size(); from += each) {
      String name = "part-%05d.%s".formatted(shards.size(), format.ending());
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(out.resolve(name).toString());
      List<PackedRow> rows = new ArrayList<>();
      try (ShardWriter writer = ShardWriter.open(format, files, path, true, HADOOP)) {
        for (Path image : images.subList(from, Math.min(images.size(), from + each))) {
          String relative = folder.resolve("images").relativize(image).toString();
          rows.add(
              writer.append(
                  new NamedFile("images/" + relative, Files.readAllBytes(image)),
                  Optional.of(
                      new NamedFile(
                          "labels/" + relative,
                          Files.readAllBytes(folder.resolve("labels").resolve(relative))))));
        }
      }
      shards.add(new PackedShard(name, Files.size(out.resolve(name)), rows, List.of()));
    }
    PackManifest manifest = PackManifest.of(type, split, format, "test", shards);
    Files.writeString(out.resolve(PackManifest.FILE), manifest.toJson());
    return manifest;
  }

  static SetListing listing(String root) {
    return SetListing.of("data.sources[0]", root, Optional.empty(), 0, HADOOP);
  }

  static SetListing listing(String root, String split) {
    return SetListing.of("data.sources[0]", root, Optional.of(split), 0, HADOOP);
  }

  static byte[] bytes(String uri) {
    try {
      return ShardFiles.bytes(uri, HADOOP);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] file(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
