package org.stylemining.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.FolderListing;
import org.stylemining.dataset.Sample;

/** Images and label files that belong together by what their names have in common. */
final class Pairs {
  private Pairs() {}

  /**
   * The samples in the order of the common names.
   *
   * @param type of the data set
   * @param images path by name
   * @param imagePlace where images lie, for messages
   * @param labels path by name
   * @param labelPlace where labels lie, for messages
   * @param all whether a label without an image is a mistake
   * @throws UserMistake naming the files that are not in pairs
   */
  static List<Sample> of(
      DatasetRoot root,
      String type,
      SortedMap<String, String> images,
      String imagePlace,
      SortedMap<String, String> labels,
      String labelPlace,
      boolean all) {
    List<String> bare = difference(images, labels);
    List<String> lone = all ? difference(labels, images) : List.of();
    if (!bare.isEmpty() || !lone.isEmpty()) {
      List<String> mistakes = new ArrayList<>();
      if (!bare.isEmpty()) {
        mistakes.add(
            "without a label in %s: %s".formatted(labelPlace, FolderListing.firstFew(bare)));
      }
      if (!lone.isEmpty()) {
        mistakes.add(
            "without an image in %s: %s".formatted(imagePlace, FolderListing.firstFew(lone)));
      }
      throw new UserMistake(
          "%s.root = %s (%s): files that are not in pairs: %s"
              .formatted(root.key(), root.root(), type, String.join("; ", mistakes)));
    }
    List<Sample> samples = new ArrayList<>();
    images.forEach(
        (name, image) ->
            samples.add(
                new Sample(type, image, Optional.of(labels.get(name)), root.sourceIndex())));
    return samples;
  }

  /**
   * Notes a file under its name.
   *
   * @throws UserMistake where another one has it already
   */
  static void add(
      SortedMap<String, String> files, String name, String path, DatasetRoot root, String type) {
    String twin = files.put(name, path);
    if (twin != null) {
      throw new UserMistake(
          "%s.root = %s (%s): two files of one name: %s and %s"
              .formatted(root.key(), root.root(), type, twin, path));
    }
  }

  private static List<String> difference(Map<String, String> files, Map<String, String> others) {
    return files.entrySet().stream()
        .filter(entry -> !others.containsKey(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
