package org.stylemining.inspection;

import java.util.Locale;

/** What can be said against one sample. */
public enum Fault {
  /** The file system does not give it. */
  UNREACHABLE_IMAGE(
      false,
      "image that the file system does not give",
      "images that the file system does not give"),
  UNREACHABLE_LABEL(
      false,
      "label file that the file system does not give",
      "label files that the file system does not give"),
  UNREADABLE_IMAGE(true, "image that cannot be read", "images that cannot be read"),
  UNREADABLE_LABEL(true, "label file that cannot be read", "label files that cannot be read"),
  LABEL_MODE(
      true,
      "label file of another bit depth, or with other channels",
      "label files of another bit depth, or with other channels"),
  UNKNOWN_VALUES(
      true,
      "label file with values that the set does not know",
      "label files with values that the set does not know"),
  SIZE_MISMATCH(
      true,
      "label file of another size than its image",
      "label files of another size than their images"),
  NOTHING_SCORED(
      false, "label file without a pixel of any class", "label files without a pixel of any class"),
  SMALLER_THAN_CROP(false, "image smaller than the crop", "images smaller than the crop"),
  OTHER_ASPECT(
      false,
      "image whose shape is changed by the resize",
      "images whose shape is changed by the resize");

  private final boolean damage;
  private final String one;
  private final String several;

  Fault(boolean damage, String one, String several) {
    this.damage = damage;
    this.one = one;
    this.several = several;
  }

  /** Whether training and scoring leave such a sample out. */
  public boolean isDamage() {
    return damage;
  }

  /** Whether a run fails at such a sample. */
  boolean endsRun() {
    return this == UNREACHABLE_IMAGE || this == UNREACHABLE_LABEL;
  }

  /** Whether it is the image's, and so matters where no labels are read, too. */
  boolean isOfImage() {
    return this == UNREACHABLE_IMAGE || this == UNREADABLE_IMAGE;
  }

  /** Its name in files, such as {@code unknown-values}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@code 2 images that cannot be read}. */
  String counted(long count) {
    return count + " " + (count == 1 ? one : several);
  }
}
