package org.stylemining.dataset;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/**
 * An image of a data set and, where it has one, its label. A set whose files hold many samples may
 * add to a URI which of them is meant, such as {@code #17}: it is read by {@link Dataset#image} and
 * {@link Dataset#labels} of that set alone.
 *
 * @param source type of the data set, such as {@code gta5}: it decides how the sample is read
 * @param image URI of the image
 * @param label URI of the label
 * @param sourceIndex index of its set among the configured ones, from 0
 */
public record Sample(String source, String image, Optional<String> label, int sourceIndex)
    implements Serializable {
  public Sample {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(label, "label");
  }

  /** The image's file name. */
  public String name() {
    return image.substring(image.lastIndexOf('/') + 1);
  }

  /** The same image without its label, as a target image is used. */
  public Sample unlabelled() {
    return new Sample(source, image, Optional.empty(), sourceIndex);
  }

  /** Optional is not serializable; the written form holds the bare path. */
  private Object writeReplace() {
    return new Written(source, image, label.orElse(null), sourceIndex);
  }

  private record Written(String source, String image, String label, int sourceIndex)
      implements Serializable {
    private Object readResolve() {
      return new Sample(source, image, Optional.ofNullable(label), sourceIndex);
    }
  }
}
