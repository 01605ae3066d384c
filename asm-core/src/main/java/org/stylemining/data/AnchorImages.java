package org.stylemining.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.stylemining.config.NearestWord;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.FolderListing;
import org.stylemining.dataset.Sample;
import org.stylemining.image.RgbImage;

/** The images of the target domain whose styles training uses. */
public final class AnchorImages {
  /** Separates this draw's seed from every other use of the run's seed. */
  private static final long DRAW = 0xA9C;

  private static final int SUGGESTED = 3;

  private AnchorImages() {}

  /**
   * The anchors among the target's images, without labels.
   *
   * @param target all images of the target set, sorted
   * @param names file names or trailing parts of paths ({@code aachen/x.png}); where given, they
   *     decide
   * @param shots else so many images, drawn with {@code seed}; 0: all
   * @throws UserMistake where a name belongs to no image or to several, or where there are fewer
   *     images than {@code shots}
   */
  public static List<Sample> choose(List<Sample> target, List<String> names, int shots, long seed) {
    List<Sample> chosen =
        !names.isEmpty() ? byName(target, names) : shots == 0 ? target : drawn(target, shots, seed);
    return chosen.stream().map(Sample::unlabelled).toList();
  }

  /** The evaluation samples whose images are not among others. */
  public static List<Sample> without(List<Sample> evaluation, List<Sample> others) {
    Set<String> left = new HashSet<>();
    others.forEach(other -> left.add(other.image()));
    return evaluation.stream().filter(sample -> !left.contains(sample.image())).toList();
  }

  /**
   * The anchors' pictures, in the size they are stored in; each is read when it is asked for, since
   * those of a whole target set do not fit into memory. Where an anchor is no image, a {@link
   * UserMistake} is thrown: without it there is nothing to adapt to.
   */
  public static Iterable<RgbImage> reading(List<Sample> anchors, SampleReader reader) {
    return () -> anchors.stream().map(anchor -> read(anchor, reader)).iterator();
  }

  private static RgbImage read(Sample anchor, SampleReader reader) {
    try {
      return reader.readImage(anchor);
    } catch (DamagedSample e) {
      throw new UserMistake(
          "data.target: the anchor image " + e.path() + " cannot be read: " + e.reason(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Sample> drawn(List<Sample> target, int shots, long seed) {
    if (shots < 0 || shots > target.size()) {
      throw new UserMistake(
          "data.target.shots = %d: the target set has %d images".formatted(shots, target.size()));
    }
    return Permutation.draw(target, shots, new SplittableRandom(Seeds.mix(seed, DRAW)));
  }

  private static List<Sample> byName(List<Sample> target, List<String> names) {
    Set<Sample> chosen = new LinkedHashSet<>();
    for (String name : names) {
      List<Sample> matches =
          target.stream()
              .filter(sample -> sample.image().equals(name) || sample.image().endsWith("/" + name))
              .toList();
      if (matches.isEmpty()) {
        throw new UserMistake(
            "data.target.anchors: no image of the target set is called %s; nearest: %s"
                .formatted(name, nearest(target, name)));
      }
      if (matches.size() > 1) {
        throw new UserMistake(
            "data.target.anchors: %s could be %d images, give more of the path: %s"
                .formatted(
                    name,
                    matches.size(),
                    FolderListing.firstFew(matches.stream().map(Sample::image).toList())));
      }
      chosen.add(matches.get(0));
    }
    return List.copyOf(chosen);
  }

  private static String nearest(List<Sample> target, String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return String.join(
        ", ",
        target.stream()
            .map(Sample::name)
            .distinct()
            .sorted(Comparator.comparingInt(other -> NearestWord.edits(last, other)))
            .limit(SUGGESTED)
            .toList());
  }
}
