package org.stylemining.command;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.stylemining.adapt.ClassifierImport;
import org.stylemining.adapt.SegmentorImport;
import org.stylemining.config.UserMistake;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = {
      "Takes over published weights: the official generator's or segmentation network's, torchvision's ResNet-18 (PyTorch's .pth or .safetensors), or a ResNet-50 for TensorFlow.js.",
      "What a file holds is told from the names and shapes of its tensors. Nothing that a file names is run."
    },
    footer = {
      "  bin/asm import --kind rain vgg_normalised.pth decoder.pth fc_encoder.pth \\",
      "      fc_decoder.pth --out models/rain"
    },
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  /** What is imported. */
  enum Kind {
    /** A folder for style.rain. */
    RAIN,
    /** A checkpoint. */
    SEGMENTOR,
    /** A checkpoint with a classifier that is still to be trained. */
    BACKBONE,
    /** A checkpoint of a network that labels images as a whole. */
    CLASSIFIER
  }

  /** The colours that a classifier was trained on. */
  enum Input {
    /** RGB 0..1, normalised as torchvision's networks take it. */
    TORCHVISION,
    /** BGR 0..255 less a mean. */
    BGR
  }

  @Option(
      names = "--kind",
      required = true,
      paramLabel = "rain|segmentor|backbone|classifier",
      description =
          "rain: the files of encoder (VGG-19), decoder, fc_encoder and fc_decoder, in any order; segmentor: a DeepLab-v2; backbone: model.json of Keras' ResNet-50; classifier: torchvision's ResNet-18.")
  private Kind kind;

  @Parameters(
      index = "0..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files; paths or URIs.")
  private List<String> from;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description =
          "Folder for the result, which must not be there yet: a generator for style.rain, or a checkpoint for --checkpoint and model.initial-weights.")
  private String out;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description =
          "Classes of the network: a classifier of another number is left out and a new one drawn. By default as many as the file's.")
  private Integer classes;

  @Option(
      names = "--branches",
      paramLabel = "N",
      description =
          "Parallel convolutions of the classifier, as many as model.rates has entries. By default as many as the file's, else 4.")
  private Integer branches;

  @Option(
      names = "--attention",
      description = "Adds an attention block (model.attention) where the file has none.")
  private boolean attention;

  @Option(
      names = "--input",
      paramLabel = "torchvision|bgr",
      description =
          "What a classifier was trained on: torchvision (default): RGB 0..1, normalised; bgr: BGR 0..255 less the mean colour, as the networks of this program are.")
  private Input input;

  @Option(names = "--seed", paramLabel = "N", description = "Of what is drawn (default: 1).")
  private Long seed;

  @Option(names = "--force", description = "Replaces an earlier import at PATH.")
  private boolean force;

  @Override
  public Integer call() throws Exception {
    List<Path> files = from.stream().map(Path::new).toList();
    ImportJob job = new ImportJob(new Path(out), force, SparkRun.hadoop());
    if (kind == Kind.RAIN) {
      requireNone("--classes", classes != null);
      requireNone("--branches", branches != null);
      requireNone("--attention", attention);
      requireNone("--seed", seed != null);
      requireNone("--input", input != null);
      job.rain(files);
      return 0;
    }
    if (files.size() != 1) {
      throw new UserMistake("--kind %s: expected one FILE, found %s".formatted(word(), from));
    }
    if (kind == Kind.CLASSIFIER) {
      requireNone("--branches", branches != null);
      requireNone("--attention", attention);
      job.classifier(
          files.get(0),
          new ClassifierImport.Options(
              atLeast("--classes", classes, 2), input != Input.BGR, seed == null ? 1 : seed));
      return 0;
    }
    requireNone("--input", input != null);
    SegmentorImport.Options options =
        new SegmentorImport.Options(
            atLeast("--classes", classes, 2),
            atLeast("--branches", branches, 1),
            attention,
            seed == null ? 1 : seed);
    if (kind == Kind.SEGMENTOR) {
      job.segmentor(files.get(0), options);
    } else {
      job.backbone(files.get(0), options);
    }
    return 0;
  }

  private void requireNone(String option, boolean given) {
    if (given) {
      throw new UserMistake("--kind %s: has no use for %s".formatted(word(), option));
    }
  }

  private static OptionalInt atLeast(String option, Integer value, int least) {
    if (value == null) {
      return OptionalInt.empty();
    }
    if (value < least) {
      throw new UserMistake("%s: expected at least %d, found %d".formatted(option, least, value));
    }
    return OptionalInt.of(value);
  }

  private String word() {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
