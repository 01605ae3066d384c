package org.stylemining.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.stylemining.config.UserMistake;

/**
 * What {@code explain} found of a trained network and its styles: {@code explain/embedding.json}.
 *
 * @param checkpoint that was looked at
 * @param seed of everything drawn
 * @param sampling strategy that styles were mined by, in the configuration's word
 * @param source source images that were mined from
 * @param target real target images, anchors apart
 * @param notes what a reader has to know besides, in sentences
 * @param steps one for each mining step, in order
 * @param styleLoss share of the variance of the real target styles that the auto-encoder over
 *     styles loses, and that no layout of its styles can show; above 1 where it errs by more than
 *     they differ; NaN with fewer than two
 * @param styles mined styles beside real ones
 * @param nearest how near real target styles have a style of each kind
 * @param features what the task network makes of images
 * @param neighbours whose features are next to those of target images
 */
public record Explanation(
    String checkpoint,
    long seed,
    String sampling,
    int source,
    int target,
    List<String> notes,
    List<Step> steps,
    double styleLoss,
    Embedding styles,
    List<Nearest> nearest,
    Embedding features,
    List<Neighbours> neighbours) {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(FiniteNumber.module())
          .build();

  public Explanation {
    notes = List.copyOf(notes);
    steps = List.copyOf(steps);
    nearest = List.copyOf(nearest);
    neighbours = List.copyOf(neighbours);
    Objects.requireNonNull(styles, "styles");
    Objects.requireNonNull(features, "features");
  }

  /** What a point stands for. */
  public enum Kind {
    /** A target image that training has not seen. */
    @JsonProperty("target")
    TARGET,
    /** The target image, or one of those, that training has. */
    @JsonProperty("anchor")
    ANCHOR,
    /** A source image as it is. */
    @JsonProperty("source")
    SOURCE,
    /** The style, or the image in it, of a mining step. */
    @JsonProperty("mined")
    MINED
  }

  /**
   * Means over the source images of one mining step, the network unchanged.
   *
   * @param step from 1
   * @param loss L_M
   * @param styleDistance ||eps - psi||
   * @param travelled ||eps - eps of step 1||
   * @param noiseLength ||n * xi||
   * @param stepLength of the step that eps took after it; 0 where it took none
   */
  public record Step(
      int step,
      double loss,
      double styleDistance,
      double travelled,
      double noiseLength,
      double stepLength) {}

  /**
   * Vectors laid out in the plane by t-SNE.
   *
   * @param dimensions of the vectors
   * @param perplexity that was used
   * @param divergence KL(P || Q) at the end, nats
   * @param points one for each vector
   */
  public record Embedding(
      int dimensions, double perplexity, double divergence, List<Point> points) {
    public Embedding {
      points = List.copyOf(points);
    }
  }

  /**
   * One vector's place.
   *
   * @param kind of what it stands for
   * @param name of the image
   * @param draw that a mined style belongs to, from 0, and the source image that it was mined from;
   *     -1 of a target image
   * @param step mining step, from 1; 0 where nothing was mined
   * @param label class of the whole image; empty where there is none
   * @param x without unit
   * @param y without unit
   */
  public record Point(
      Kind kind, String name, int draw, int step, String label, double x, double y) {}

  /**
   * Median over the real target styles of the distance to the nearest style of a kind, each
   * dimension in its standard deviations.
   *
   * @param of the kind, in words
   * @param styles so many
   * @param distance NaN where there is none
   */
  public record Nearest(String of, int styles, double distance) {}

  /**
   * Who is among a target image's nearest neighbours.
   *
   * @param of the kind, in words
   * @param images so many
   * @param share of the neighbours
   * @param mixed the share if it were all the same to the network
   */
  public record Neighbours(String of, int images, double share, double mixed) {}

  /** Writes it into a folder, over an older one. */
  public void write(RunFolder folder) throws IOException {
    folder.write(
        folder.embedding(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
  }

  /**
   * Reads a folder's.
   *
   * @throws UserMistake where the file is something else
   */
  static Explanation read(RunFolder folder) throws IOException {
    try {
      return JSON.readValue(folder.read(folder.embedding()), Explanation.class);
    } catch (JsonProcessingException e) {
      throw new UserMistake(
          "report %s: expected what `explain` wrote, found %s"
              .formatted(folder.embedding(), e.getOriginalMessage()),
          e);
    }
  }
}
