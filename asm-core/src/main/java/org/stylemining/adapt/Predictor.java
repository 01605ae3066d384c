package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.Size;
import org.stylemining.image.LabelMap;
import org.stylemining.image.Resize;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.GlobalMean;
import org.stylemining.nn.HostValues;
import org.stylemining.style.InputScaling;
import org.stylemining.task.TaskModel;
import org.stylemining.weights.NamedTensor;

/**
 * Labels images: the network's predictions scaled up to the size that is asked for, the likeliest
 * class of each pixel; or, of a network that labels images as a whole, the likeliest class, as a
 * label of one pixel. Off-heap memory depends on the network's input size alone, not on the
 * images'.
 */
public final class Predictor implements AutoCloseable {
  private static final Size WHOLE_IMAGE = new Size(1, 1);

  private final TaskModel model;
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
    scaling = InputScaling.task(model.buffers());
  }

  /**
   * A predictor with the configuration's network and {@link #inputSize}.
   *
   * @param tensors its parameters
   * @param where what they were read from, for messages
   * @throws org.stylemining.config.UserMistake where they are another network's
   */
  public static Predictor of(
      AsmConfig config, Collection<NamedTensor> tensors, String where, Buffers buffers) {
    Map<String, NamedTensor> byName = new LinkedHashMap<>();
    tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
    TaskModel model = TaskTraining.model(config, buffers, false);
    ParameterTensors.fill(model.parameters(), byName, where);
    Size size = inputSize(config);
    return new Predictor(model, size.width(), size.height());
  }

  /** The size that images are resized to: {@code evaluate.resize}, else {@code data.resize}. */
  public static Size inputSize(AsmConfig config) {
    Size asked = config.evaluate().resize();
    return asked.width() > 0 ? asked : config.data().resize();
  }

  /** The label of each pixel of the image, scaled to the given size. */
  public LabelMap predict(RgbImage image, int labelWidth, int labelHeight) {
    return predict(List.of(image), List.of(new Size(labelWidth, labelHeight))).get(0);
  }

  /**
   * Labels images in one pass through the network.
   *
   * @param images at least one, of any sizes
   * @param sizes of the labels; 1x1 for the class of a whole image
   */
  public List<LabelMap> predict(List<RgbImage> images, List<Size> sizes) {
    return predict(images, sizes, false).stream().map(Segmentation::labels).toList();
  }

  /**
   * Labels images, each in its own size or as a whole, in one pass through the network.
   *
   * @param images at least one, of any sizes
   * @param probabilities whether the probabilities of the classes are wanted too
   */
  public List<Segmentation> predict(List<RgbImage> images, boolean probabilities) {
    return predict(
        images,
        images.stream()
            .map(
                image ->
                    model.labelsPixels() ? new Size(image.width(), image.height()) : WHOLE_IMAGE)
            .toList(),
        probabilities);
  }

  /** An image in the network's input size. */
  public RgbImage resized(RgbImage image) {
    return Resize.bicubic(image, width, height);
  }

  private List<Segmentation> predict(
      List<RgbImage> images, List<Size> sizes, boolean probabilities) {
    Buffers buffers = model.buffers();
    FeatureMap rgb = Images.toMap(images.stream().map(this::resized).toList(), buffers);
    FeatureMap input = scaling.forward(rgb, false);
    buffers.give(rgb);
    FeatureMap logits = model.forward(input, false);
    buffers.give(input);
    float[] values = new HostValues(logits.rows()).toFloats();
    buffers.give(logits);
    List<Segmentation> found = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      found.add(
          LikeliestClass.of(
              values,
              Math.toIntExact(i * logits.imagePixels() * logits.channels()),
              logits.height(),
              logits.width(),
              logits.channels(),
              sizes.get(i).width(),
              sizes.get(i).height(),
              probabilities));
    }
    return found;
  }

  /**
   * What the network makes of images before it names classes: z, the features of its second last
   * layer, their mean over the pixels of each image.
   *
   * @param images at least one, all of one size, taken as they are
   * @return [images][C]
   */
  public float[][] features(List<RgbImage> images) {
    Buffers buffers = model.buffers();
    FeatureMap rgb = Images.toMap(images, buffers);
    FeatureMap input = scaling.forward(rgb, false);
    buffers.give(rgb);
    FeatureMap z = model.encode(input);
    buffers.give(input);
    FeatureMap mean = new GlobalMean(buffers).forward(z, false);
    buffers.give(z);
    float[] values = new HostValues(mean.rows()).toFloats();
    int channels = mean.channels();
    buffers.give(mean);
    float[][] features = new float[images.size()][];
    for (int i = 0; i < features.length; i++) {
      features[i] = Arrays.copyOfRange(values, i * channels, (i + 1) * channels);
    }
    return features;
  }

  @Override
  public void close() {
    model.close();
  }
}
