package org.stylemining.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.RgbImage;

/**
 * One image through the mining steps of a round: what {@code strips/round-000001.json} says of the
 * picture beside it.
 *
 * @param round in which it was seen
 * @param source path or name of the source image
 * @param steps one for each mining step, in order
 */
public record MiningStrip(int round, String source, List<Step> steps) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final Pattern PICTURE = Pattern.compile("round-(\\d{6,9})\\.png");

  /**
   * One mining step.
   *
   * @param miningStep from 1
   * @param loss of the network on the image in this style
   * @param styleDistance ||eps - psi|| of the style
   */
  public record Step(int miningStep, double loss, double styleDistance) {
    String caption() {
      return String.format(Locale.ROOT, "step %d · loss %.2f", miningStep, loss);
    }
  }

  public MiningStrip {
    steps = List.copyOf(steps);
  }

  /**
   * Writes picture and facts into the run's folder, over older ones of the same round.
   *
   * @param image the source image
   * @param styled the image in each step's style, as many as steps, of the same height
   */
  public void write(RunFolder run, RgbImage image, List<RgbImage> styled) throws IOException {
    if (styled.size() != steps.size()) {
      throw new IllegalArgumentException(
          "expected " + steps.size() + " styled images, found " + styled.size());
    }
    List<RgbImage> images = new ArrayList<>(List.of(image));
    List<String> captions = new ArrayList<>(List.of("source"));
    images.addAll(styled);
    steps.forEach(step -> captions.add(step.caption()));
    run.write(
        run.stripFacts(round),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    try (var out = run.fileSystem().create(run.strip(round), true)) {
      out.write(ImageFiles.encodePng(StripImage.of(images, captions)));
    }
  }

  /** Rounds of which a run has a strip, ascending. */
  static List<Integer> rounds(RunFolder run) throws IOException {
    TreeSet<Integer> rounds = new TreeSet<>();
    if (run.fileSystem().exists(run.strips())) {
      for (FileStatus file : run.fileSystem().listStatus(run.strips())) {
        Matcher name = PICTURE.matcher(file.getPath().getName());
        if (name.matches()) {
          rounds.add(Integer.parseInt(name.group(1)));
        }
      }
    }
    return List.copyOf(rounds);
  }

  /** The facts of a round's strip; without steps where only the picture is there. */
  static MiningStrip read(RunFolder run, int round) throws IOException {
    if (!run.fileSystem().exists(run.stripFacts(round))) {
      return new MiningStrip(round, "", List.of());
    }
    try {
      return JSON.readValue(run.read(run.stripFacts(round)), MiningStrip.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          run.stripFacts(round)
              + ": expected the facts of a strip as JSON, found: "
              + e.getOriginalMessage(),
          e);
    }
  }
}
