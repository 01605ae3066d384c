package org.stylemining.config;

/** The classes that labels are mapped to ({@code data.labels}). */
public enum LabelSpaceName implements Word {
  /** The 19 train ids of Cityscapes. */
  CITYSCAPES19,
  /** The 11 classes of CamVid's SegNet split. */
  CAMVID11,
  /** The digits 0..9, each the class of a whole image. */
  DIGITS10,
  /** The user's own: {@code data.classes}. */
  CUSTOM
}
