package org.stylemining.data;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.FolderListing;
import org.stylemining.dataset.LabelTable;
import org.stylemining.dataset.Sample;

/**
 * A data set that a configuration defines ({@code data.custom}): patterns of paths, and a table.
 */
final class CustomDataset implements Dataset, Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final String key;
  private final String type;
  private final PathPattern images;

  /** Null, as the table, for a set without labels. */
  private final PathPattern labels;

  private final LabelTable table;

  /**
   * @param key of its definition, such as {@code data.custom[0]}, for messages
   */
  CustomDataset(String key, String type, PathPattern images) {
    this(key, type, images, null, null);
  }

  /**
   * The same with labels.
   *
   * @param labels has a word in common with {@code images}
   */
  CustomDataset(String key, String type, PathPattern images, PathPattern labels, LabelTable table) {
    this.key = key;
    this.type = type;
    this.images = images;
    this.labels = labels;
    this.table = table;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public Optional<LabelTable> table() {
    return Optional.ofNullable(table);
  }

  @Override
  public List<Sample> list(DatasetRoot root) throws IOException {
    if (labels == null) {
      throw new UserMistake(
          "%s.type = %s: its images have no labels (%s.labels is null); expected a labelled set"
              .formatted(root.key(), type, key));
    }
    refuseUnknownSplit(root);
    PathPattern.Finder ofImages = images.finder(root.split());
    PathPattern.Finder ofLabels = labels.finder(root.split());
    Set<String> common = new HashSet<>(ofImages.words());
    common.retainAll(ofLabels.words());
    // Labels that are kept without parts are those of the other parts too.
    boolean all = root.split().isEmpty() || labels.words().contains(PathPattern.SPLIT);
    return sorted(
        Pairs.of(
            root,
            type,
            byWords(root, "images", images, ofImages, common),
            images.toString(),
            byWords(root, "labels", labels, ofLabels, common),
            labels.toString(),
            all));
  }

  @Override
  public List<Sample> images(DatasetRoot root) throws IOException {
    refuseUnknownSplit(root);
    return matching(root, "images", images, images.finder(root.split())).keySet().stream()
        .map(path -> new Sample(type, path, Optional.empty(), root.sourceIndex()))
        .toList();
  }

  private static List<Sample> sorted(List<Sample> samples) {
    return samples.stream().sorted(Comparator.comparing(Sample::image)).toList();
  }

  private void refuseUnknownSplit(DatasetRoot root) {
    if (root.split().isPresent() && !images.words().contains(PathPattern.SPLIT)) {
      throw new UserMistake(
          "%s.split = %s: sets of type %s have no parts, as %s.images = %s has no {split}; leave it out"
              .formatted(root.key(), root.split().get(), type, key, images));
    }
  }

  /** Files by what the words that count stand for in their paths. */
  private SortedMap<String, String> byWords(
      DatasetRoot root,
      String what,
      PathPattern pattern,
      PathPattern.Finder finder,
      Set<String> counted)
      throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    matching(root, what, pattern, finder)
        .forEach(
            (path, words) ->
                Pairs.add(
                    files,
                    words.entrySet().stream()
                        .filter(word -> counted.contains(word.getKey()))
                        .map(Map.Entry::getValue)
                        .collect(Collectors.joining("/")),
                    path,
                    root,
                    type));
    return files;
  }

  /** What the words stand for in every path that matches, at least one. */
  private SortedMap<String, Map<String, String>> matching(
      DatasetRoot root, String what, PathPattern pattern, PathPattern.Finder finder)
      throws IOException {
    List<Path> there = below(root, pattern);
    String start = start(root);
    SortedMap<String, Map<String, String>> found = new TreeMap<>();
    for (Path file : there) {
      String path = file.toString();
      finder.find(path.substring(start.length())).ifPresent(words -> found.put(path, words));
    }
    if (found.isEmpty()) {
      throw new UserMistake(
          "%s.root = %s (%s): no file matches %s.%s = %s%s; %s holds %s"
              .formatted(
                  root.key(),
                  root.root(),
                  type,
                  key,
                  what,
                  pattern,
                  root.split().map(split -> " for the split " + split).orElse(""),
                  pattern.folder().isEmpty() ? "it" : pattern.folder(),
                  there.isEmpty()
                      ? "no file"
                      : FolderListing.firstFew(
                          there.stream()
                              .map(file -> file.toString().substring(start.length()))
                              .toList())));
    }
    return found;
  }

  private static List<Path> below(DatasetRoot root, PathPattern pattern) throws IOException {
    FolderListing listing = new FolderListing(root);
    return pattern.folder().isEmpty()
        ? listing.all()
        : listing.below(
            pattern.folder(), pattern.hasSplitFolder() ? root.split() : Optional.empty());
  }

  private static String start(DatasetRoot root) {
    String path = root.root().toString();
    return path.endsWith("/") ? path : path + "/";
  }
}
