package org.stylemining.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.Images;
import org.stylemining.adapt.RainFolder;
import org.stylemining.adapt.TaskTraining;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.data.ConfiguredSets;
import org.stylemining.data.Datasets;
import org.stylemining.data.SampleReader;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Sample;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.report.RunFolder;
import org.stylemining.style.AdaptiveInstanceNorm;
import org.stylemining.style.Rain;
import org.stylemining.style.StyleVae;

/** What {@code stylize} does. */
final class StylizeJob {
  /** Pictures drawn where they are random. */
  private static final int DRAWN = 4;

  /** {@code FILE#12}: image 12 of a file of many. */
  private static final Pattern NUMBERED = Pattern.compile(".*#[a-z]*-?\\d+");

  /** Which styles to show. */
  enum Sampling {
    /** eps ~ N(psi, xi). */
    ANCHORED,
    /** eps ~ N(0, I). */
    RANDOM,
    /** eps = psi. */
    MEAN
  }

  private final AsmConfig config;
  private final RainFolder rain;
  private final RgbImage content;
  private final RgbImage target;
  private final RunFolder out;
  private final String name;

  private StylizeJob(
      AsmConfig config,
      RainFolder rain,
      RgbImage content,
      RgbImage target,
      RunFolder out,
      String name) {
    this.config = config;
    this.rain = rain;
    this.content = content;
    this.target = target;
    this.out = out;
    this.name = name;
  }

  /**
   * Checks all that can be checked before work begins.
   *
   * @throws UserMistake with every mistake
   */
  static StylizeJob check(ConfArguments conf, String content, String target, String out)
      throws IOException {
    AsmConfig config = conf.read();
    Configuration hadoop = SparkRun.hadoop();
    Checks checks = new Checks();
    Optional<RunFolder> folder = checks.find(() -> Outputs.folder(out, hadoop));
    Optional<RainFolder> rain =
        checks.find(() -> RainFolder.read(new Path(config.requireRain()), hadoop));
    Optional<RgbImage> contentImage =
        checks.find(() -> image("--content", content, config, hadoop));
    Optional<RgbImage> targetImage = checks.find(() -> image("--target", target, config, hadoop));
    checks.done();
    String file = new Path(content).getName();
    int ending = file.lastIndexOf('.');
    return new StylizeJob(
        config,
        rain.orElseThrow(),
        contentImage.orElseThrow(),
        targetImage.orElseThrow(),
        folder.orElseThrow(),
        (ending > 0 && !file.contains("#") ? file.substring(0, ending) : file).replace('#', '-'));
  }

  /** Writes {@code NAME-SAMPLING.png}, numbered where there are several. */
  void run(Sampling sampling) throws IOException {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Rain generator = rain.create(buffers, false, "style.rain")) {
      FeatureMap targetMap =
          Images.toMap(List.of(TaskTraining.asTrainedOn(config, target)), buffers);
      INDArray style = generator.styles(targetMap);
      buffers.give(targetMap);
      StyleVae.Code code = generator.vae().encode(style, false);
      // As training sees it.
      RgbImage small = TaskTraining.asTrainedOn(config, content);
      FeatureMap rgb = Images.toMap(List.of(small), buffers);
      AdaptiveInstanceNorm features = generator.content(rgb);
      int number = 1;
      for (INDArray eps : codes(sampling, code)) {
        INDArray decoded = generator.vae().decode(eps, false);
        FeatureMap stylised =
            generator.decode(features.apply(decoded), rgb.height(), rgb.width(), false);
        String suffix = sampling.name().toLowerCase(Locale.ROOT);
        Path file =
            new Path(
                out.path(),
                name + "-" + suffix + (sampling == Sampling.MEAN ? "" : "-" + number++) + ".png");
        Outputs.write(out.fileSystem(), file, ImageFiles.encodePng(Images.fromMap(stylised, 0)));
        System.out.println(file);
        buffers.give(stylised);
        decoded.close();
      }
      features.release();
      buffers.give(rgb);
      style.close();
    }
  }

  private List<INDArray> codes(Sampling sampling, StyleVae.Code code) {
    if (sampling == Sampling.MEAN) {
      return List.of(code.psi());
    }
    Random random = new Random(config.seed());
    List<INDArray> codes = new ArrayList<>();
    for (int i = 0; i < DRAWN; i++) {
      float[][] noise = new float[1][Math.toIntExact(code.psi().length())];
      for (int k = 0; k < noise[0].length; k++) {
        noise[0][k] = (float) random.nextGaussian();
      }
      INDArray drawn = Nd4j.createFromArray(noise);
      codes.add(sampling == Sampling.RANDOM ? drawn : code.sample(drawn));
    }
    return codes;
  }

  /** One image of a file of many, which only a data set can read. */
  private static Sample configured(String option, String name, ConfiguredSets sets)
      throws IOException {
    return Stream.concat(
            sets.sources().stream().flatMap(List::stream).map(Sample::unlabelled),
            sets.target().stream())
        .filter(sample -> sample.image().equals(name) || sample.image().endsWith("/" + name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserMistake(
                    "%s %s: expected an image file, or one image of data.sources or data.target, found neither"
                        .formatted(option, name)));
  }

  private static RgbImage image(String option, String file, AsmConfig config, Configuration hadoop)
      throws IOException {
    try {
      return new SampleReader(Datasets.of(config), hadoop)
          .readImage(
              NUMBERED.matcher(file).matches()
                  ? configured(option, file, new ConfiguredSets(config, hadoop))
                  : new Sample("folder", file, Optional.empty(), 0));
    } catch (DamagedSample e) {
      throw new UserMistake(option + ": expected an image, found " + e.getMessage(), e);
    }
  }
}
