package org.stylemining.data;

import java.io.Serializable;
import java.util.SplittableRandom;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.DataConfig;
import org.stylemining.image.LabelMap;
import org.stylemining.image.Resize;
import org.stylemining.image.RgbImage;

/**
 * Resize and scale (in one resampling), crop, mirror, in this order. What is random depends on
 * (seed, position) alone, so that a sample looks the same wherever it is read. The class of a whole
 * image stays what it is.
 *
 * @param seed of the run
 * @param resizeWidth pixels
 * @param resizeHeight pixels
 * @param scaleMin smallest factor on the resized image (> 0); the factor is drawn uniformly
 * @param scaleMax largest factor
 * @param cropWidth pixels
 * @param cropHeight pixels
 * @param mirror whether half of the samples are mirrored
 */
public record Augmentation(
    long seed,
    int resizeWidth,
    int resizeHeight,
    double scaleMin,
    double scaleMax,
    int cropWidth,
    int cropHeight,
    boolean mirror)
    implements Serializable {
  /** Separates these seeds from every other use of the run's seed. */
  private static final long AUGMENTATION = 0xA06;

  public Augmentation {
    if (resizeWidth < 1 || resizeHeight < 1 || cropWidth < 1 || cropHeight < 1) {
      throw new IllegalArgumentException(
          "resize to %dx%d, crop of %dx%d: expected at least 1 pixel each"
              .formatted(resizeWidth, resizeHeight, cropWidth, cropHeight));
    }
    if (!(scaleMin > 0 && scaleMin <= scaleMax)) {
      throw new IllegalArgumentException(
          "scale %s..%s: expected 0 < min <= max".formatted(scaleMin, scaleMax));
    }
  }

  /** How a configuration cuts source images for the task network. */
  public static Augmentation of(AsmConfig config) {
    DataConfig data = config.data();
    return new Augmentation(
        config.seed(),
        data.resize().width(),
        data.resize().height(),
        data.scale().min(),
        data.scale().max(),
        data.crop().width(),
        data.crop().height(),
        data.mirror());
  }

  /**
   * The sample at {@code position} of the training order, {@code cropWidth x cropHeight} pixels.
   */
  public LabelledImage apply(LabelledImage sample, long position) {
    SplittableRandom random = new SplittableRandom(Seeds.mix(seed, AUGMENTATION, position));
    double scale = scaleMin + (scaleMax - scaleMin) * random.nextDouble();
    int width = (int) Math.max(1, Math.round(resizeWidth * scale));
    int height = (int) Math.max(1, Math.round(resizeHeight * scale));
    int left = offset(width, cropWidth, random);
    int top = offset(height, cropHeight, random);
    boolean mirrored = random.nextBoolean();
    LabelMap labels = Resize.nearest(sample.labels(), width, height);
    LabelledImage cut =
        width >= cropWidth && height >= cropHeight
            ? new LabelledImage(
                Resize.bicubicPart(sample.image(), width, height, left, top, cropWidth, cropHeight),
                labels.crop(left, top, cropWidth, cropHeight))
            : padded(Resize.bicubic(sample.image(), width, height), labels, left, top);
    if (sample.labelledAsWhole()) {
      cut = new LabelledImage(cut.image(), sample.labels());
    }
    return mirror && mirrored ? cut.mirrored() : cut;
  }

  /** Where the crop starts in the image; below 0 where it is the larger of the two. */
  private static int offset(int size, int crop, SplittableRandom random) {
    int room = size - crop;
    int offset = random.nextInt(Math.abs(room) + 1);
    return room < 0 ? -offset : offset;
  }

  /**
   * What lies outside the image has its mean colour, which means nothing to a network, and the
   * ignored label.
   */
  private LabelledImage padded(RgbImage image, LabelMap labels, int left, int top) {
    int x = Math.max(0, -left);
    int y = Math.max(0, -top);
    int width = Math.min(cropWidth, image.width());
    int height = Math.min(cropHeight, image.height());
    RgbImage inside = image.crop(Math.max(0, left), Math.max(0, top), width, height);
    LabelMap insideLabels = labels.crop(Math.max(0, left), Math.max(0, top), width, height);
    RgbImage padded = RgbImage.filled(cropWidth, cropHeight, image.meanColour());
    LabelMap paddedLabels = LabelMap.filled(cropWidth, cropHeight, LabelMap.IGNORE);
    for (int row = 0; row < height; row++) {
      int to = (y + row) * cropWidth + x;
      System.arraycopy(inside.rgb(), 3 * row * width, padded.rgb(), 3 * to, 3 * width);
      System.arraycopy(insideLabels.ids(), row * width, paddedLabels.ids(), to, width);
    }
    return new LabelledImage(padded, paddedLabels);
  }
}
