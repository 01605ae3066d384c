package org.stylemining.data.packed;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.FolderListing;
import org.stylemining.dataset.Sample;

/**
 * Shards of single files without a manifest: the data set's own listing goes over a tree of their
 * paths, and so finds the pairs of its layout, or says what is wrong with them.
 */
final class KeyContents extends ShardedContents {
  private final DatasetRoot root;
  private final Map<String, String> addresses = new HashMap<>();

  /**
   * @param root of the shards
   * @param shards with rows of one file each
   * @throws UserMistake where a path is there twice, or is none below a root
   */
  KeyContents(DatasetRoot root, List<LocatedShard> shards) {
    super(shards);
    PathTree tree = new PathTree(root.files(), root.root());
    this.root = new DatasetRoot(root.key(), tree, root.root(), root.split(), root.sourceIndex());
    for (LocatedShard shard : shards) {
      for (PackedRow row : shard.contents().rows()) {
        add(tree, shard, row.image());
      }
    }
  }

  private void add(PathTree tree, LocatedShard shard, PackedFile file) {
    Path path;
    try {
      path = tree.add(file.path(), file.length(), shard.modified());
    } catch (IllegalArgumentException e) {
      throw new UserMistake(
          "%s.root = %s: %s holds the path %s: %s"
              .formatted(root.key(), root.root(), shard.uri(), file.path(), e.getMessage()),
          e);
    }
    String address =
        new ShardAddress(
                PackFormat.SEQUENCE,
                shard.uri(),
                file.position(),
                Column.IMAGE,
                Optional.empty(),
                file.path())
            .toString();
    addresses.put(path.toString(), address);
    add(file.path(), address, file, shard);
  }

  @Override
  public List<Sample> labelled(Dataset dataset) throws IOException {
    return located(dataset.list(root));
  }

  @Override
  public List<Sample> images(Dataset dataset) throws IOException {
    return located(dataset.images(root));
  }

  private List<Sample> located(List<Sample> samples) {
    return samples.stream()
        .map(
            sample ->
                new Sample(
                    sample.source(),
                    address(sample.image()),
                    sample.label().map(this::address),
                    sample.sourceIndex()))
        .toList();
  }

  private String address(String uri) {
    String address = addresses.get(uri);
    if (address == null) {
      throw new UserMistake(
          "%s.root = %s: %s is no file of the packed set; sets whose samples are not files of their own cannot be read from shards, such as %s"
              .formatted(
                  root.key(),
                  root.root(),
                  uri,
                  FolderListing.firstFew(addresses.keySet().stream().limit(1).toList())));
    }
    return address;
  }
}
