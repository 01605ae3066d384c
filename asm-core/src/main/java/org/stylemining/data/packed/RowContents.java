package org.stylemining.data.packed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.FolderListing;
import org.stylemining.dataset.Sample;

/** Shards whose samples are known: from a manifest, or from the rows of Parquet files. */
final class RowContents extends ShardedContents {
  private final DatasetRoot root;
  private final List<Entry> entries;

  /** A sample's URIs; {@code label} is null where it has none. */
  private record Entry(String path, String image, String label) {}

  /**
   * Samples in the order that they have.
   *
   * @param root with the part of the set that is asked for
   * @param part the part that the shards hold; empty: all of it
   */
  static RowContents inOrder(
      DatasetRoot root, Optional<String> part, PackFormat format, List<LocatedShard> shards) {
    return new RowContents(root, part, format, shards, false);
  }

  /** Samples in the order of their paths, whatever shard they lie in. */
  static RowContents sorted(DatasetRoot root, PackFormat format, List<LocatedShard> shards) {
    return new RowContents(root, Optional.empty(), format, shards, true);
  }

  private RowContents(
      DatasetRoot root,
      Optional<String> part,
      PackFormat format,
      List<LocatedShard> shards,
      boolean sort) {
    super(shards);
    this.root = root;
    List<Entry> all = new ArrayList<>();
    for (LocatedShard shard : shards) {
      for (PackedRow row : shard.contents().rows()) {
        String image = address(format, shard, row.image(), Column.IMAGE);
        String label =
            row.label() == null ? null : address(format, shard, row.label(), Column.LABEL);
        all.add(new Entry(row.image().path(), image, label));
      }
    }
    if (sort) {
      all.sort(Comparator.comparing(Entry::path));
    }
    this.entries = part.equals(root.split()) ? all : ofSplit(root, all);
  }

  private String address(PackFormat format, LocatedShard shard, PackedFile file, Column column) {
    String uri =
        new ShardAddress(
                format,
                shard.uri(),
                file.position(),
                format == PackFormat.PARQUET ? column : Column.IMAGE,
                file.checksum(),
                file.path())
            .toString();
    String path =
        column == Column.LABEL && file.crc() == null ? "label/" + file.path() : file.path();
    add(path, uri, file, shard);
    return uri;
  }

  /** The samples with a folder of the split's name in their paths. */
  private static List<Entry> ofSplit(DatasetRoot root, List<Entry> all) {
    if (root.split().isEmpty()) {
      return all;
    }
    String folder = "/" + root.split().get() + "/";
    List<Entry> found =
        all.stream().filter(entry -> ("/" + entry.path()).contains(folder)).toList();
    if (found.isEmpty()) {
      throw new UserMistake(
          "%s.split = %s: no image of the packed set %s has this folder in its path, such as %s"
              .formatted(
                  root.key(),
                  root.split().get(),
                  root.root(),
                  FolderListing.firstFew(all.stream().map(Entry::path).limit(2).toList())));
    }
    return found;
  }

  @Override
  public List<Sample> labelled(Dataset dataset) {
    if (dataset.space().isEmpty()) {
      throw new UserMistake(
          "%s.type = %s: images of this type have no labels; expected a labelled set"
              .formatted(root.key(), dataset.type()));
    }
    return samples(dataset, true);
  }

  @Override
  public List<Sample> images(Dataset dataset) {
    return samples(dataset, false);
  }

  private List<Sample> samples(Dataset dataset, boolean labelled) {
    if (entries.isEmpty()) {
      throw new UserMistake(
          "%s.root = %s: the packed set holds no image".formatted(root.key(), root.root()));
    }
    List<String> bare =
        entries.stream().filter(entry -> entry.label() == null).map(Entry::path).toList();
    if (labelled && !bare.isEmpty()) {
      throw new UserMistake(
          "%s.root = %s (%s): packed without labels: %s"
              .formatted(root.key(), root.root(), dataset.type(), FolderListing.firstFew(bare)));
    }
    return entries.stream()
        .map(
            entry ->
                new Sample(
                    dataset.type(),
                    entry.image(),
                    labelled ? Optional.of(entry.label()) : Optional.empty(),
                    root.sourceIndex()))
        .toList();
  }
}
