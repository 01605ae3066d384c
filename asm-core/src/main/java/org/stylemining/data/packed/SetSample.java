package org.stylemining.data.packed;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.Optional;
import org.stylemining.dataset.Sample;

/**
 * The files of a sample that is to be packed.
 *
 * @param image its image
 * @param label its label file; null where there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SetSample(SetFile image, SetFile label) implements Serializable {
  /** Bytes of its files. */
  long bytes() {
    return image.length() + (label == null ? 0 : label.length());
  }

  /** The sample that it is in a set of a type. */
  public Sample of(String type) {
    return new Sample(type, image.uri(), Optional.ofNullable(label).map(SetFile::uri), 0);
  }
}
