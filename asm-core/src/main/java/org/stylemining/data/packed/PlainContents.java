package org.stylemining.data.packed;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.FileTree;
import org.stylemining.dataset.Sample;

/** Files in folders. */
final class PlainContents implements SetContents {
  private final DatasetRoot root;
  private Map<String, SetFile> files;

  PlainContents(DatasetRoot root) {
    this.root = root;
  }

  @Override
  public List<Sample> labelled(Dataset dataset) throws IOException {
    return dataset.list(root);
  }

  @Override
  public List<Sample> images(Dataset dataset) throws IOException {
    return dataset.images(root);
  }

  @Override
  public SetFile file(String uri) throws IOException {
    if (files == null) {
      files = walk();
    }
    SetFile file = files.get(uri);
    if (file == null) {
      throw new UserMistake(
          "%s.root = %s: %s is no file below it; a set whose samples are not files of their own cannot be packed"
              .formatted(root.key(), root.root(), uri));
    }
    return file;
  }

  private Map<String, SetFile> walk() throws IOException {
    Map<String, SetFile> found = new HashMap<>();
    String base = root.root().toString();
    int start = base.endsWith("/") ? base.length() : base.length() + 1;
    FileTree.forEach(
        root.files(),
        root.root(),
        status -> {
          String uri = status.getPath().toString();
          found.put(
              uri,
              new SetFile(
                  uri.substring(start), uri, status.getLen(), status.getModificationTime()));
        });
    return found;
  }

  @Override
  public int shards() {
    return 0;
  }

  @Override
  public long bytes() {
    return 0;
  }
}
