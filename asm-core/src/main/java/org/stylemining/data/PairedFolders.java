package org.stylemining.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    List<String> bare = difference(imageFiles, labelFiles);
    List<String> lone = difference(labelFiles, imageFiles);
    if (!bare.isEmpty() || !lone.isEmpty()) {
      List<String> mistakes = new ArrayList<>();
      if (!bare.isEmpty()) {
        mistakes.add("without a label in %s: %s".formatted(labels, FolderListing.firstFew(bare)));
      }
      if (!lone.isEmpty()) {
        mistakes.add("without an image in %s: %s".formatted(images, FolderListing.firstFew(lone)));
      }
      throw new UserMistake(
          "%s.root = %s (%s): files that are not in pairs: %s"
              .formatted(root.key(), root.root(), type, String.join("; ", mistakes)));
    }
    List<Sample> samples = new ArrayList<>();
    imageFiles.forEach(
        (name, image) ->
            samples.add(
                new Sample(type, image, Optional.of(labelFiles.get(name)), root.sourceIndex())));
    return samples;
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
      String twin = found.put(name, path);
      if (twin != null) {
        throw new UserMistake(
            "%s.root = %s (%s): two files of one name: %s and %s"
                .formatted(root.key(), root.root(), type, twin, path));
      }
    }
    return found;
  }

  private static List<String> difference(Map<String, String> files, Map<String, String> others) {
    return files.entrySet().stream()
        .filter(entry -> !others.containsKey(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
