package org.stylemining.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole configuration of a command, bound and checked. Two configurations are equal when every
 * key has the same value, wherever it came from.
 *
 * @param seed seed of everything random
 * @param data images and labels
 * @param model the task network M
 * @param style RAIN, the style generator
 * @param mining adversarial style mining
 * @param training the training of M
 * @param cluster workers and their averaging
 * @param checkpoint when checkpoints are written
 * @param sync what a round does where a worker is late, fails or diverges
 * @param evaluate what is scored
 * @param report what is kept for the report
 * @param resolved the values as text and where each came from; no key of its own
 */
public record AsmConfig(
    long seed,
    DataConfig data,
    ModelConfig model,
    StyleConfig style,
    MiningConfig mining,
    TrainingConfig training,
    ClusterConfig cluster,
    CheckpointConfig checkpoint,
    SyncConfig sync,
    EvaluateConfig evaluate,
    ReportConfig report,
    Resolved resolved)
    implements Serializable {

  /**
   * Every key with its value as HOCON text, with the origin of each in a comment. {@link
   * ConfigReader#parse} makes an equal configuration from it.
   */
  public String render() {
    return resolved.text();
  }

  /**
   * The labelled source sets, at least one and each with its folder.
   *
   * @throws UserMistake naming the keys (or environment variables) to set, and the file
   */
  public List<SourceSet> requireSources() {
    List<String> missing = new ArrayList<>();
    if (data.sources().isEmpty()) {
      missing.add(resolved.missing("data.sources", "at least one labelled source set"));
    }
    for (int i = 0; i < data.sources().size(); i++) {
      String key = "data.sources[" + i + "].root";
      if (data.sources().get(i).root().isBlank()) {
        missing.add(resolved.missing(key, "the folder of the set " + data.sources().get(i).type()));
      }
    }
    resolved.throwIfAny(missing);
    return data.sources();
  }

  /**
   * The target set, with its folder.
   *
   * @throws UserMistake naming the key (or environment variable) to set, and the file
   */
  public TargetSet requireTarget() {
    resolved.require("data.target.root", data.target().root(), "the folder of the new domain");
    return data.target();
  }

  /**
   * The labelled images of the target, with their type and folder.
   *
   * @throws UserMistake naming the keys (or environment variables) to set, and the file
   */
  public SupervisedSet requireSupervised() {
    SupervisedSet set = data.supervised();
    List<String> missing = new ArrayList<>();
    resolved.check("data.supervised.type", set.type(), "the layout of the labelled set", missing);
    resolved.check("data.supervised.root", set.root(), "the folder of the labelled set", missing);
    resolved.throwIfAny(missing);
    return set;
  }

  /**
   * The set that is scored, with its type and folder.
   *
   * @throws UserMistake naming the keys (or environment variables) to set, and the file
   */
  public EvaluationSet requireEvaluation() {
    EvaluationSet set = data.evaluation();
    List<String> missing = new ArrayList<>();
    resolved.check("data.evaluation.type", set.type(), "the layout of the scored set", missing);
    resolved.check("data.evaluation.root", set.root(), "the folder of the scored set", missing);
    resolved.throwIfAny(missing);
    return set;
  }

  /**
   * The folder of the trained style generator.
   *
   * @throws UserMistake naming the key (or environment variable) to set, and the file
   */
  public String requireRain() {
    return resolved.require("style.rain", style.rain(), "the folder that `pretrain` wrote");
  }

  /**
   * The folder of style images that {@code pretrain} learns from.
   *
   * @throws UserMistake naming the key (or environment variable) to set, and the file
   */
  public String requireStyles() {
    return resolved.require(
        "style.pretrain.styles", style.pretrain().styles(), "a folder of style images");
  }

  /**
   * The file of the encoder's weights; only for encoders that are not trained here.
   *
   * @throws UserMistake naming the key (or environment variable) to set, and the file
   */
  public String requireEncoderWeights() {
    return resolved.require(
        "style.encoder-weights",
        style.encoderWeights(),
        "the file of the encoder's weights (or style.encoder = trained, which needs none)");
  }

  /**
   * A mistake in the value of a key, for checks that only the reader of the value can make, in the
   * same words as those of {@link ConfigReader}.
   *
   * @param key full key, such as {@code evaluate.classes} or {@code data.sources[0].type}
   * @param allowed what is allowed instead
   */
  public UserMistake mistake(String key, String allowed) {
    return new UserMistake(resolved.line(key, allowed));
  }

  private List<Object> settings() {
    return List.of(
        seed, data, model, style, mining, training, cluster, checkpoint, sync, evaluate, report);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AsmConfig config && settings().equals(config.settings());
  }

  @Override
  public int hashCode() {
    return settings().hashCode();
  }
}
