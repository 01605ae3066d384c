package org.stylemining.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.FolderListing;
import org.stylemining.dataset.Sample;

/**
 * A layout of two folders whose files belong together by name: an image {@code IMAGES/NAME +
 * imageEnding} and its labels {@code LABELS/NAME + labelEnding}, where NAME may hold folders.
 *
 * @param type of the data set
 * @param images folder below the root
 * @param imageEnding what an image's name ends with, before the file type
 * @param labels folder below the root
 * @param labelEnding what a label file's name ends with, before the file type
 */
record PairedFolders(
    String type, String images, String imageEnding, String labels, String labelEnding) {
  List<Sample> list(DatasetRoot root) throws IOException {
    FolderListing listing = new FolderListing(root);
    SortedMap<String, String> imageFiles = images(listing, root);
    SortedMap<String, String> labelFiles =
        byName(root, labels, labelEnding, FileTypes.LABELS, listing.below(labels, root.split()));
    return Pairs.of(root, type, imageFiles, images, labelFiles, labels, true);
  }

  List<Sample> images(DatasetRoot root) throws IOException {
    return images(new FolderListing(root), root).values().stream()
        .map(image -> new Sample(type, image, Optional.empty(), root.sourceIndex()))
        .toList();
  }

  private SortedMap<String, String> images(FolderListing listing, DatasetRoot root)
      throws IOException {
    SortedMap<String, String> found =
        byName(root, images, imageEnding, FileTypes.IMAGES, listing.below(images, root.split()));
    if (found.isEmpty()) {
      throw new UserMistake(
          "%s.root = %s (%s): %s holds no image (NAME%s.png, .jpg or .jpeg)"
              .formatted(
                  root.key(),
                  root.root(),
                  type,
                  root.split().map(split -> images + "/" + split).orElse(images),
                  imageEnding));
    }
    return found;
  }

  /** Files by their name without ending and type. */
  private SortedMap<String, String> byName(
      DatasetRoot root, String folder, String ending, List<String> types, List<Path> files) {
    String start = new Path(root.root(), folder) + "/";
    SortedMap<String, String> found = new TreeMap<>();
    for (Path file : files) {
      String path = file.toString();
      String name = FileTypes.without(path, types);
      if (name == null || !name.endsWith(ending)) {
        continue;
      }
      name = name.substring(start.length(), name.length() - ending.length());
      Pairs.add(found, name, path, root, type);
    }
    return found;
  }
}
