package org.stylemining.serving;

/** A file that is written for an image, all of them PNGs of the image's size. */
public enum View {
  /** Grey, 8 bits: the value of a pixel is the id of its class. */
  LABELS(""),
  /** The same values with the label space's colours as palette. */
  COLOR("_color"),
  /** RGB: the image under half-transparent colours. */
  OVERLAY("_overlay"),
  /** Grey, 8 bits: the softmax probability of the pixel's class in steps of 1/255. */
  PROBABILITY("_probability");

  private final String suffix;

  View(String suffix) {
    this.suffix = suffix;
  }

  /** The file for an image: {@code a/b/c.jpg} gives {@code a/b/c.png}, {@code a/b/c_color.png}. */
  public String file(String image) {
    return image.substring(0, image.lastIndexOf('.')) + suffix + ".png";
  }
}
