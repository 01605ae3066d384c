package org.stylemining.data.packed;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.FolderListing;
import org.stylemining.dataset.Sample;

/**
 * The samples below a root, whether it holds a data set's folders or shards of it:
 *
 * <ul>
 *   <li>a folder with a manifest, as {@code datasets pack} leaves it: its samples are the
 *       manifest's, and only the shards' sizes are looked at;
 *   <li>{@code sequence:PATH}: SequenceFiles of (Text path, BytesWritable), whose keys are read;
 *   <li>{@code parquet:PATH}: Parquet files with the columns {@code path}, {@code image} and {@code
 *       label}, whose column of paths is read;
 *   <li>any other folder: listed by the data set itself.
 * </ul>
 */
public final class SetListing {
  private static final Logger LOG = LoggerFactory.getLogger(SetListing.class);

  /** One image of a camera, with room to spare; a page with more holds several. */
  private static final long LARGE_READ = 32L << 20;

  private final String key;
  private final DatasetRoot root;
  private final Optional<PackFormat> format;
  private final Configuration hadoop;
  private final Map<String, SetContents> contents = new HashMap<>();

  private SetListing(
      String key, DatasetRoot root, Optional<PackFormat> format, Configuration hadoop) {
    this.key = key;
    this.root = root;
    this.format = format;
    this.hadoop = hadoop;
  }

  /**
   * The set that the configuration's {@code key.root} names.
   *
   * @param root folder, or {@code sequence:} or {@code parquet:} and a folder or file
   * @param split the part asked for; empty: all of it
   * @throws UserMistake where the root is empty or no path
   */
  public static SetListing of(
      String key, String root, Optional<String> split, int sourceIndex, Configuration hadoop) {
    Optional<PackFormat> format = root == null ? Optional.empty() : PackFormat.ofUri(root);
    return new SetListing(
        key, DatasetRoot.of(key, place(root), split, sourceIndex, hadoop), format, hadoop);
  }

  /** A root without {@code sequence:} or {@code parquet:}. */
  public static String place(String root) {
    return root == null
        ? null
        : PackFormat.ofUri(root)
            .map(format -> root.substring(format.scheme().length() + 1))
            .orElse(root);
  }

  /** The root, without {@code sequence:} or {@code parquet:}. */
  public DatasetRoot root() {
    return root;
  }

  /**
   * The labelled samples, as {@link Dataset#list} has them.
   *
   * @throws UserMistake as there, and where shards are missing or are none
   */
  public List<Sample> labelled(Dataset dataset) throws IOException {
    return contents(dataset).labelled(dataset);
  }

  /**
   * All images, as {@link Dataset#images} has them.
   *
   * @throws UserMistake as there, and where shards are missing or are none
   */
  public List<Sample> images(Dataset dataset) throws IOException {
    return contents(dataset).images(dataset);
  }

  /**
   * The samples with their files, to pack them.
   *
   * @param labelled the labelled samples, or all images
   * @throws UserMistake besides, where a sample's files are not files of its own below the root
   */
  public List<SetSample> withFiles(Dataset dataset, boolean labelled) throws IOException {
    SetContents all = contents(dataset);
    List<SetSample> samples = new ArrayList<>();
    for (Sample sample : labelled ? all.labelled(dataset) : all.images(dataset)) {
      samples.add(
          new SetSample(
              all.file(sample.image()),
              sample.label().isPresent() ? all.file(sample.label().get()) : null));
    }
    return samples;
  }

  /**
   * Where the set is packed in fewer shards than workers that read them, and is large enough for
   * more: a sentence that says so.
   *
   * @param workers that read at the same time
   */
  public Optional<String> tooFewShards(Dataset dataset, int workers) throws IOException {
    SetContents all = contents(dataset);
    return all.shards() == 0
        ? Optional.empty()
        : ShardCount.tooFew(root.root().toString(), all.shards(), all.bytes(), workers);
  }

  /** Shards are looked through once. */
  private SetContents contents(Dataset dataset) throws IOException {
    SetContents known = contents.get(dataset.type());
    if (known == null) {
      known = look(dataset);
      contents.put(dataset.type(), known);
    }
    return known;
  }

  private SetContents look(Dataset dataset) throws IOException {
    Optional<FileStatus> status = status(root.root());
    if (status.isPresent() && status.get().isDirectory()) {
      Optional<String> manifest = text(PackManifest.FILE);
      if (manifest.isPresent()) {
        return manifested(manifest.get(), dataset);
      }
      if (status(new Path(root.root(), PackPlan.FILE)).isPresent()) {
        throw new UserMistake(
            "%s.root = %s: a packed set that is not finished: it has a %s and no %s; the same datasets pack goes on with it"
                .formatted(key, root.root(), PackPlan.FILE, PackManifest.FILE));
      }
    }
    if (format.isEmpty()) {
      return new PlainContents(root);
    }
    return format.get() == PackFormat.SEQUENCE
        ? new KeyContents(root, scanned(PackFormat.SEQUENCE))
        : rows(scanned(PackFormat.PARQUET));
  }

  private SetContents manifested(String text, Dataset dataset) throws IOException {
    PackManifest manifest;
    try {
      manifest = PackManifest.fromJson(text);
    } catch (IllegalArgumentException e) {
      throw new UserMistake(
          "%s.root = %s: its %s cannot be used: %s; pack the set again"
              .formatted(key, root.root(), PackManifest.FILE, e.getMessage()),
          e);
    }
    if (!manifest.type().equals(dataset.type())) {
      throw new UserMistake(
          "%s.type = %s: %s is a packed set of type %s"
              .formatted(key, dataset.type(), root.root(), manifest.type()));
    }
    Map<String, FileStatus> there = new HashMap<>();
    for (FileStatus status : root.files().listStatus(root.root())) {
      there.put(status.getPath().getName(), status);
    }
    List<LocatedShard> shards = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (PackedShard shard : manifest.shards()) {
      FileStatus found = there.get(shard.name());
      if (found == null) {
        wrong.add(shard.name() + " is missing");
      } else if (found.getLen() != shard.bytes()) {
        wrong.add(
            "%s has %d bytes instead of %d".formatted(shard.name(), found.getLen(), shard.bytes()));
      } else {
        shards.add(
            new LocatedShard(found.getPath().toString(), found.getModificationTime(), shard));
      }
    }
    if (!wrong.isEmpty()) {
      throw new UserMistake(
          "%s.root = %s: its shards are not those of its %s: %s"
              .formatted(key, root.root(), PackManifest.FILE, FolderListing.firstFew(wrong)));
    }
    return RowContents.inOrder(
        root, Optional.ofNullable(manifest.split()), manifest.format(), shards);
  }

  private SetContents rows(List<LocatedShard> shards) {
    Set<String> paths = new HashSet<>();
    for (LocatedShard shard : shards) {
      for (PackedRow row : shard.contents().rows()) {
        if (!paths.add(row.image().path())) {
          throw new UserMistake(
              "%s.root = %s: two rows have the path %s"
                  .formatted(key, root.root(), row.image().path()));
        }
      }
    }
    return RowContents.sorted(root, PackFormat.PARQUET, shards);
  }

  /** The shards of a set without manifest, and what is in them. */
  private List<LocatedShard> scanned(PackFormat kind) throws IOException {
    List<LocatedShard> shards = new ArrayList<>();
    for (FileStatus file : shardFiles(kind)) {
      Path path = file.getPath();
      List<PackedRow> rows;
      try {
        rows = kind == PackFormat.SEQUENCE ? keys(path) : rows(path);
      } catch (BrokenShard e) {
        throw new UserMistake(
            "%s.root = %s:%s: %s: %s"
                .formatted(key, kind.scheme(), root.root(), path, e.getMessage()),
            e);
      }
      shards.add(
          new LocatedShard(
              path.toString(),
              file.getModificationTime(),
              new PackedShard(path.getName(), file.getLen(), rows, List.of())));
    }
    return shards;
  }

  private List<FileStatus> shardFiles(PackFormat kind) throws IOException {
    Optional<FileStatus> status = status(root.root());
    List<FileStatus> found = new ArrayList<>();
    if (status.isPresent() && status.get().isFile()) {
      found.add(status.get());
    } else {
      for (Path path : new FolderListing(root).all()) {
        if (kind == PackFormat.SEQUENCE || path.getName().endsWith("." + kind.ending())) {
          found.add(root.files().getFileStatus(path));
        }
      }
    }
    if (found.isEmpty()) {
      throw new UserMistake(
          "%s.root = %s:%s: holds no %s"
              .formatted(
                  key,
                  kind.scheme(),
                  root.root(),
                  kind == PackFormat.SEQUENCE ? "file" : "file whose name ends with .parquet"));
    }
    return found;
  }

  private List<PackedRow> keys(Path path) throws IOException {
    try (SequenceShard shard = SequenceShard.open(root.files(), path, hadoop)) {
      return shard.files().stream().map(file -> new PackedRow(file, null)).toList();
    }
  }

  private List<PackedRow> rows(Path path) throws IOException {
    try (ParquetShard shard = ParquetShard.open(root.files(), path, Column.IMAGE, hadoop)) {
      long read = shard.mostBytesRead();
      if (read > LARGE_READ) {
        LOG.warn(
            "{}: to read one image takes up to {} MiB, since a page (or, without an offset index, a row group) holds so much; `datasets pack` writes the set so that an image is read alone",
            path,
            read >> 20);
      }
      return shard.rows();
    }
  }

  private Optional<FileStatus> status(Path path) throws IOException {
    try {
      return Optional.of(root.files().getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private Optional<String> text(String name) throws IOException {
    try (FSDataInputStream in = root.files().open(new Path(root.root(), name))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
