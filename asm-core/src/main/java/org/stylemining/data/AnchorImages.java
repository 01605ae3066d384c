package org.stylemining.data;

import java.util.List;

/** The images of the target domain whose styles training uses. */
public final class AnchorImages {
  private AnchorImages() {}

  /**
   * The anchors among the target's images.
   *
   * @param target all images of the target set
   * @param names file names or trailing parts of paths; where given, they decide
   * @param shots else so many images, drawn with {@code seed}; 0: all
   */
  public static List<Sample> choose(
      List<Sample> target, List<String> names, int shots, long seed) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** The evaluation samples that are not anchors. */
  public static List<Sample> without(List<Sample> evaluation, List<Sample> anchors) {
    throw new UnsupportedOperationException("not built yet");
  }
}
