package org.stylemining.config;

/** The task network M ({@code model.network}). */
public enum TaskNetwork implements Word {
  /** DeepLab-v2: a class for every pixel. */
  DEEPLAB_V2(true),
  /** ResNet-18: one class for the whole image. */
  RESNET18(false);

  private final boolean labelsPixels;

  TaskNetwork(boolean labelsPixels) {
    this.labelsPixels = labelsPixels;
  }

  /** Whether every pixel has a class of its own. False: an image has one class as a whole. */
  public boolean labelsPixels() {
    return labelsPixels;
  }
}
