package org.stylemining.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.stylemining.adapt.Predictor;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ModelConfig;
import org.stylemining.config.Size;
import org.stylemining.data.LabelSpaces;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.NamedTensor;

/**
 * What the values in a folder of labels mean, and all that decides about them; {@code _labels.json}
 * in the folder. Labels of different origins are not mixed in one folder.
 *
 * @param images folder that the images' paths are relative to
 * @param checkpoint that the network was read from
 * @param round of the checkpoint
 * @param model SHA-256, in hexadecimal, of the names, shapes and values of the network's tensors
 * @param network what the tensors do not tell of it
 * @param input size of the network's input, {@code 1024x512}
 * @param labelSpace of the classes
 * @param ids which numbers stand for them
 * @param since files that are older, by their file system's clock in milliseconds, are of another
 *     origin
 * @param classes what the values mean
 */
record LabelOrigin(
    String images,
    String checkpoint,
    int round,
    String model,
    String network,
    String input,
    String labelSpace,
    String ids,
    long since,
    List<LabelClass> classes) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  LabelOrigin {
    classes = List.copyOf(classes);
  }

  /** The origin of labels that are made now. */
  static LabelOrigin of(AsmConfig config, Checkpoint checkpoint, String images, LabelIds ids) {
    LabelSpace space = LabelSpaces.of(config.data());
    Size input = Predictor.inputSize(config);
    ModelConfig model = config.model();
    int[] values = ids.of(space);
    List<LabelClass> classes = new ArrayList<>();
    for (int trainId = 0; trainId < values.length; trainId++) {
      classes.add(
          new LabelClass(
              values[trainId],
              space.classes().get(trainId),
              "#%06x".formatted(space.colour(trainId))));
    }
    return new LabelOrigin(
        images,
        checkpoint.resultName(),
        checkpoint.state().round(),
        fingerprint(checkpoint.model().values()),
        "%s, width %s, rates %s, attention %s"
            .formatted(lower(model.backbone()), model.width(), model.rates(), model.attention()),
        input.width() + "x" + input.height(),
        space.name(),
        ids.word(),
        0,
        classes);
  }

  LabelOrigin since(long time) {
    return new LabelOrigin(
        images, checkpoint, round, model, network, input, labelSpace, ids, time, classes);
  }

  /** What differs, a line each: {@code input was 512x256, found 1024x512}. */
  List<String> differences(LabelOrigin now) {
    List<String> found = new ArrayList<>();
    differ(found, "folder of --input", images, now.images);
    if (!model.equals(now.model)) {
      found.add(
          "--checkpoint was %s (sha256 %.12s), found %s (sha256 %.12s)"
              .formatted(checkpoint, model, now.checkpoint, now.model));
    }
    differ(found, "model", network, now.network);
    differ(found, "size of the network's input (evaluate.resize)", input, now.input);
    differ(found, "data.labels", labelSpace, now.labelSpace);
    if (labelSpace.equals(now.labelSpace) && ids.equals(now.ids)) {
      differ(found, "data.classes", classes.toString(), now.classes.toString());
    }
    differ(found, "--ids", ids, now.ids);
    return found;
  }

  private static void differ(List<String> found, String what, String before, String now) {
    if (!before.equals(now)) {
      found.add("%s was %s, found %s".formatted(what, before, now));
    }
  }

  String toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an origin is always JSON", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException where the text is no such JSON
   */
  static LabelOrigin fromJson(String json) {
    try {
      return JSON.readValue(json, LabelOrigin.class);
    } catch (JsonProcessingException | NullPointerException e) {
      throw new IllegalArgumentException("expected the origin of labels as JSON", e);
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String fingerprint(Collection<NamedTensor> tensors) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    for (NamedTensor tensor : tensors) {
      digest.update((tensor.toString() + "\n").getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes =
          ByteBuffer.allocate(4 * tensor.data().length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(tensor.data());
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
