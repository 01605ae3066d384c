package org.stylemining.serving;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.stylemining.config.UserMistake;

/**
 * What there is to do in an output folder: the images whose files are not all there, or are older
 * than the image or than the folder's origin.
 *
 * @param origin of the labels, to be written where it is new
 * @param begins whether the origin is new: nothing in the folder is of it yet
 * @param todo images to label
 * @param done images that have their labels already
 * @param stale files of another origin that will not be replaced, relative to the folder: they go
 * @param foreign files in the folder that belong to none of the images
 */
record Backlog(
    LabelOrigin origin,
    boolean begins,
    List<ListedImage> todo,
    int done,
    List<String> stale,
    long foreign) {
  private static final int NAMED = 3;

  /**
   * Compares images with what the folder holds.
   *
   * @param now the origin of what would be written
   * @param views files wanted for each image
   * @param overwrite do all of it again
   * @throws UserMistake where two images would give the same file, where files would lie among the
   *     images, or where the folder holds labels of another origin and overwriting was not asked
   *     for
   */
  static Backlog of(
      ImageListing listing, OutputFolder out, LabelOrigin now, Set<View> views, boolean overwrite)
      throws IOException {
    refuseClashes(listing, views);
    refuseOutputAmongImages(listing, out, views);
    Map<String, Long> there = out.list();
    Optional<LabelOrigin> recorded = recorded(out, overwrite);
    boolean begins = overwrite || recorded.isEmpty();
    if (!overwrite) {
      refuseMixture(listing, out, now, recorded, there);
    }
    // What is there when a folder gets a new origin is older than it.
    LabelOrigin origin = begins ? now.since(out.now() + 1) : recorded.get();
    List<ListedImage> todo = new ArrayList<>();
    List<String> stale = new ArrayList<>();
    long known = 0;
    for (ListedImage image : listing.images()) {
      long oldest = Math.max(origin.since(), image.modified());
      boolean complete = true;
      for (View view : EnumSet.allOf(View.class)) {
        String file = view.file(image.path());
        Long modified = there.get(file);
        known += modified == null ? 0 : 1;
        boolean fresh = modified != null && modified >= oldest;
        if (views.contains(view)) {
          complete &= fresh;
        } else if (modified != null && !fresh) {
          stale.add(file);
        }
      }
      if (!complete) {
        todo.add(image);
      }
    }
    long notes = there.keySet().stream().filter(file -> file.startsWith("_")).count();
    return new Backlog(
        origin,
        begins,
        todo,
        listing.images().size() - todo.size(),
        stale,
        there.size() - notes - known);
  }

  private static void refuseClashes(ImageListing listing, Set<View> views) {
    Map<String, String> byFile = new HashMap<>();
    List<String> clashes = new ArrayList<>();
    for (ListedImage image : listing.images()) {
      for (View view : views) {
        String file = view.file(image.path());
        String other = byFile.put(file, image.path());
        if (other != null) {
          clashes.add("%s and %s would both give %s".formatted(other, image.path(), file));
        }
      }
    }
    if (!clashes.isEmpty()) {
      throw new UserMistake(
          "--input %s: expected images whose names differ without their endings: %s"
              .formatted(listing.base(), firstFew(clashes)));
    }
  }

  private static void refuseOutputAmongImages(
      ImageListing listing, OutputFolder out, Set<View> views) {
    String base = listing.base() + "/";
    if ((out.path() + "/").startsWith(base) && !out.path().equals(listing.base())) {
      // A folder below the images' own: its contents are no input.
      return;
    }
    for (ListedImage image : listing.images()) {
      for (View view : views) {
        String file = out.file(view.file(image.path())).toString();
        if (file.startsWith(base)) {
          throw new UserMistake(
              "--output %s: the labels of %s would be written among the images, as %s; choose another folder"
                  .formatted(out.path(), image.path(), file));
        }
      }
    }
  }

  private static Optional<LabelOrigin> recorded(OutputFolder out, boolean overwrite)
      throws IOException {
    Optional<String> text = out.read(OutputFolder.LABELS);
    if (text.isEmpty() || overwrite) {
      return Optional.empty();
    }
    try {
      return Optional.of(LabelOrigin.fromJson(text.get()));
    } catch (IllegalArgumentException e) {
      throw new UserMistake(
          "--output %s: %s is damaged, so it cannot be told what made the labels there; choose another folder, or add --overwrite to do all of them again"
              .formatted(out.path(), OutputFolder.LABELS),
          e);
    }
  }

  private static void refuseMixture(
      ImageListing listing,
      OutputFolder out,
      LabelOrigin now,
      Optional<LabelOrigin> recorded,
      Map<String, Long> there) {
    if (recorded.isPresent()) {
      List<String> differences = recorded.get().differences(now);
      if (!differences.isEmpty()) {
        throw new UserMistake(
            "--output %s: holds labels that were made otherwise; choose another folder, or add --overwrite to do all of them again:\n  %s"
                .formatted(out.path(), String.join("\n  ", differences)));
      }
      return;
    }
    List<String> unknown = new ArrayList<>();
    for (ListedImage image : listing.images()) {
      for (View view : View.values()) {
        if (there.containsKey(view.file(image.path()))) {
          unknown.add(view.file(image.path()));
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw new UserMistake(
          "--output %s: holds files of which no %s tells what made them: %s; choose another folder, or add --overwrite to write over them"
              .formatted(out.path(), OutputFolder.LABELS, firstFew(unknown)));
    }
  }

  private static String firstFew(Collection<String> lines) {
    String few = String.join("; ", lines.stream().limit(NAMED).toList());
    return lines.size() <= NAMED ? few : "%s; ... (%d in all)".formatted(few, lines.size());
  }
}
