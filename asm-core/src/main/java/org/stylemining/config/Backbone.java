package org.stylemining.config;

/** The backbone of DeepLab-v2, at output stride 8 ({@code model.backbone}). */
public enum Backbone implements Word {
  /** Bottlenecks 3, 4, 23, 3. */
  RESNET101,
  /** Bottlenecks 3, 4, 6, 3. */
  RESNET50,
  /** Basic blocks 2, 2, 2, 2. */
  RESNET18
}
