package org.stylemining.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.stylemining.adapt.RainFolder;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.Encoder;
import org.stylemining.config.EvaluationSet;
import org.stylemining.config.Method;
import org.stylemining.config.SourceSet;
import org.stylemining.config.SupervisedSet;
import org.stylemining.data.packed.SetListing;
import org.stylemining.provenance.DataFingerprint;
import org.stylemining.provenance.WeightsFingerprint;
import org.stylemining.weights.Checkpoint;

/**
 * What a job reads, so that another one can be told to read the same.
 *
 * @param data sets
 * @param weights files of them
 */
record Inputs(List<DataFingerprint> data, List<WeightsFingerprint> weights) {
  Inputs {
    data = List.copyOf(data);
    weights = List.copyOf(weights);
  }

  /** Of the training of the task network. */
  static Inputs ofTraining(AsmConfig config, Configuration hadoop) throws IOException {
    List<DataFingerprint> data = new ArrayList<>();
    if (config.training().method() == Method.SUPERVISED) {
      SupervisedSet set = config.requireSupervised();
      data.add(set("supervised " + set.type().orElseThrow(), set.root().orElseThrow(), hadoop));
    } else {
      data.addAll(sources(config, hadoop));
    }
    if (config.training().method().usesAnchors()) {
      data.add(target(config, hadoop));
    }
    List<WeightsFingerprint> weights = new ArrayList<>();
    if (config.training().method().usesGenerator()) {
      weights.add(file("style.rain", new Path(config.requireRain(), RainFolder.FILE), hadoop));
    }
    if (config.model().initialWeights().isPresent()) {
      weights.add(
          of(
              "model.initial-weights",
              Checkpoint.read(new Path(config.model().initialWeights().get()), hadoop),
              hadoop));
    }
    return new Inputs(data, weights);
  }

  /** Of the training of the generator. */
  static Inputs ofPretraining(AsmConfig config, Configuration hadoop) throws IOException {
    List<DataFingerprint> data = new ArrayList<>(sources(config, hadoop));
    if (config.style().pretrain().styles().isPresent()) {
      data.add(set("styles", config.requireStyles(), hadoop));
    }
    List<WeightsFingerprint> weights = new ArrayList<>();
    if (config.style().encoder() != Encoder.TRAINED) {
      weights.add(file("style.encoder-weights", new Path(config.requireEncoderWeights()), hadoop));
    }
    return new Inputs(data, weights);
  }

  /** Of the scoring of a network. */
  static Inputs ofEvaluation(AsmConfig config, Checkpoint checkpoint, Configuration hadoop)
      throws IOException {
    return new Inputs(
        List.of(evaluation(config, hadoop)), List.of(of("checkpoint", checkpoint, hadoop)));
  }

  /** Of the set that is scored. */
  static DataFingerprint evaluation(AsmConfig config, Configuration hadoop) throws IOException {
    EvaluationSet set = config.requireEvaluation();
    return set("evaluation " + set.type().orElseThrow(), set.root().orElseThrow(), hadoop);
  }

  /** Of a checkpoint's result. */
  static WeightsFingerprint of(String name, Checkpoint checkpoint, Configuration hadoop)
      throws IOException {
    return file(name, checkpoint.resultFile(), hadoop);
  }

  static WeightsFingerprint file(String name, Path file, Configuration hadoop) throws IOException {
    return WeightsFingerprint.of(name, file.getFileSystem(hadoop), file);
  }

  private static List<DataFingerprint> sources(AsmConfig config, Configuration hadoop)
      throws IOException {
    List<DataFingerprint> data = new ArrayList<>();
    for (SourceSet source : config.requireSources()) {
      data.add(set("source " + source.type(), source.root(), hadoop));
    }
    return data;
  }

  private static DataFingerprint target(AsmConfig config, Configuration hadoop) throws IOException {
    return set(
        "target " + config.data().target().type(),
        config.requireTarget().root().orElseThrow(),
        hadoop);
  }

  private static DataFingerprint set(String name, String root, Configuration hadoop)
      throws IOException {
    Path path = new Path(SetListing.place(root));
    return DataFingerprint.of(name, path.getFileSystem(hadoop), path);
  }
}
