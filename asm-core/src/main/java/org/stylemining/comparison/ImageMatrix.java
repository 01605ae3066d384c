package org.stylemining.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.stylemining.score.ConfusionMatrix;

/**
 * What a network made of one scored image.
 *
 * @param image its URI
 * @param matrix its pixels by true and predicted class
 */
public record ImageMatrix(String image, ConfusionMatrix matrix) implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A line {@code {"image":…,"confusion":[[…],…]}} for each image, rows by true class. */
  public static String toJsonLines(List<ImageMatrix> images) {
    StringBuilder lines = new StringBuilder();
    for (ImageMatrix image : images) {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      line.put("image", image.image);
      line.set("confusion", JSON.valueToTree(image.matrix.toArray()));
      lines.append(line).append('\n');
    }
    return lines.toString();
  }

  /**
   * Reads what {@link #toJsonLines} wrote.
   *
   * @throws IllegalArgumentException naming the line that is something else
   */
  public static List<ImageMatrix> fromJsonLines(String text) {
    List<ImageMatrix> images = new ArrayList<>();
    for (String line : text.lines().toList()) {
      try {
        JsonNode node = JSON.readTree(line);
        images.add(
            new ImageMatrix(
                node.required("image").textValue(),
                new ConfusionMatrix(JSON.treeToValue(node.required("confusion"), long[][].class))));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "line %d: expected {\"image\":…,\"confusion\":[[…]]}, found %s"
                .formatted(images.size() + 1, line.substring(0, Math.min(60, line.length()))),
            e);
      }
    }
    return images;
  }

  /** The sum of all images. */
  public static ConfusionMatrix sum(List<ImageMatrix> images) {
    ConfusionMatrix sum = new ConfusionMatrix(images.get(0).matrix.classes());
    images.forEach(image -> sum.merge(image.matrix));
    return sum;
  }

  /** Names of the images, in order. */
  static List<String> names(List<ImageMatrix> images) {
    return Arrays.asList(images.stream().map(ImageMatrix::image).toArray(String[]::new));
  }
}
