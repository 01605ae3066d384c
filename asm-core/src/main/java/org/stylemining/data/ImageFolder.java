package org.stylemining.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.FolderListing;
import org.stylemining.dataset.LabelTable;
import org.stylemining.dataset.Sample;

/** Any PNG and JPEG images below a folder, at any depth, without labels. */
public final class ImageFolder implements Dataset {
  @Override
  public String type() {
    return "folder";
  }

  @Override
  public Optional<LabelTable> table() {
    return Optional.empty();
  }

  @Override
  public List<Sample> list(DatasetRoot root) {
    throw new UserMistake(
        "%s.type = folder: images in a plain folder have no labels; expected a labelled set"
            .formatted(root.key()));
  }

  @Override
  public List<Sample> images(DatasetRoot root) throws IOException {
    root.refuseSplit(type());
    List<Sample> samples =
        new FolderListing(root)
            .all().stream()
                .map(Object::toString)
                .filter(path -> FileTypes.without(path, FileTypes.IMAGES) != null)
                .map(path -> new Sample(type(), path, Optional.empty(), root.sourceIndex()))
                .toList();
    if (samples.isEmpty()) {
      throw new UserMistake(
          "%s.root = %s: holds no .png, .jpg or .jpeg image".formatted(root.key(), root.root()));
    }
    return samples;
  }
}
