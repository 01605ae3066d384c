package org.stylemining.serving;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.stylemining.dataset.LabelSpace;

/**
 * What a run came to; {@code _summary.json} in the output folder.
 *
 * @param images of the input
 * @param labelled in this run
 * @param alreadyDone that had their labels before it
 * @param failures images without labels, by path
 * @param otherFiles of the input that are no PNG or JPEG by their names
 * @param seconds that labelling took, Spark's start not counted
 * @param pixels of each class in the images labelled in this run, by train id
 * @param space of the classes
 * @param complete whether no more than {@code data.max-bad-fraction} of the images failed
 */
public record Summary(
    int images,
    long labelled,
    int alreadyDone,
    List<Failure> failures,
    long otherFiles,
    double seconds,
    long[] pixels,
    LabelSpace space,
    boolean complete) {
  /** Share of classes that the table leaves out. */
  private static final double SMALL = 0.0005;

  public Summary {
    failures = List.copyOf(failures);
  }

  double imagesPerSecond() {
    return seconds > 0 ? labelled / seconds : 0;
  }

  private double share(int trainId) {
    long sum = 0;
    for (long count : pixels) {
      sum += count;
    }
    return sum == 0 ? 0 : (double) pixels[trainId] / sum;
  }

  String toJson() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("images", images);
    root.put("labelled", labelled);
    root.put("alreadyDone", alreadyDone);
    root.put("failed", failures.size());
    root.put("otherFiles", otherFiles);
    root.put("seconds", rounded(seconds, 3));
    root.put("imagesPerSecond", rounded(imagesPerSecond(), 3));
    root.put("complete", complete);
    ObjectNode shares = root.putObject("classShares");
    for (int k = 0; k < space.count(); k++) {
      shares.put(space.classes().get(k), rounded(share(k), 6));
    }
    return root.toPrettyString() + "\n";
  }

  /** {@code _failures.jsonl}: a line {@code {"image":…,"reason":…}} for each. */
  String failureLines() {
    StringBuilder lines = new StringBuilder();
    for (Failure failure : failures) {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      line.put("image", failure.image());
      line.put("reason", failure.reason());
      lines.append(line).append('\n');
    }
    return lines.toString();
  }

  /** For the terminal. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d images: %d labelled, %d already done, %d failed%n"
            .formatted(images, labelled, alreadyDone, failures.size()));
    if (labelled > 0) {
      text.append(
          String.format(
              Locale.ROOT, "%.1f s, %.2f images/s%nclass shares:", seconds, imagesPerSecond()));
      for (int k = 0; k < space.count(); k++) {
        if (share(k) >= SMALL) {
          text.append(
              String.format(Locale.ROOT, " %s %.1f%%", space.classes().get(k), 100 * share(k)));
        }
      }
      text.append(System.lineSeparator());
    }
    return text.toString();
  }

  private static double rounded(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.round(value * scale) / scale;
  }
}
