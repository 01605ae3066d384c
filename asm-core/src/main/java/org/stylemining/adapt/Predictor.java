package org.stylemining.adapt;

import java.util.List;
import org.stylemining.image.LabelMap;
import org.stylemining.image.Resize;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.BilinearResize;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.HostValues;
import org.stylemining.style.InputScaling;
import org.stylemining.task.TaskModel;

/**
 * Labels images: the network's predictions scaled up to the size that is asked for, the likeliest
 * class of each pixel.
 */
public final class Predictor implements AutoCloseable {
  private final TaskModel model;
  private final BilinearResize resize;
  private final InputScaling scaling;
  private final int width;
  private final int height;

  /**
   * @param model taken over
   * @param width pixels that images are resized to first
   * @param height pixels
   */
  public Predictor(TaskModel model, int width, int height) {
    this.model = model;
    this.width = width;
    this.height = height;
    resize = new BilinearResize(model.buffers());
    scaling = InputScaling.task(model.buffers());
  }

  /** The label of each pixel of the image, scaled to the given size. */
  public LabelMap predict(RgbImage image, int labelWidth, int labelHeight) {
    Buffers buffers = model.buffers();
    FeatureMap rgb = Images.toMap(List.of(Resize.bicubic(image, width, height)), buffers);
    FeatureMap input = scaling.forward(rgb, false);
    buffers.give(rgb);
    FeatureMap logits = model.forward(input, false);
    buffers.give(input);
    FeatureMap full = resize.forward(logits, labelHeight, labelWidth);
    buffers.give(logits);
    byte[] ids = likeliest(full);
    buffers.give(full);
    return new LabelMap(labelWidth, labelHeight, ids);
  }

  private static byte[] likeliest(FeatureMap logits) {
    HostValues values = new HostValues(logits.rows());
    int classes = logits.channels();
    byte[] ids = new byte[Math.toIntExact(logits.pixels())];
    long at = 0;
    for (int i = 0; i < ids.length; i++) {
      double best = values.get(at);
      int label = 0;
      for (int k = 1; k < classes; k++) {
        double v = values.get(at + k);
        if (v > best) {
          best = v;
          label = k;
        }
      }
      ids[i] = (byte) label;
      at += classes;
    }
    return ids;
  }

  @Override
  public void close() {
    resize.close();
    model.close();
  }
}
