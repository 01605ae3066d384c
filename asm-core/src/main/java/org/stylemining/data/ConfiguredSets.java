package org.stylemining.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.EvaluationSet;
import org.stylemining.config.Method;
import org.stylemining.config.SourceSet;
import org.stylemining.config.SupervisedSet;
import org.stylemining.config.TargetSet;
import org.stylemining.config.TaskNetwork;
import org.stylemining.config.UserMistake;
import org.stylemining.data.packed.SetListing;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.dataset.Sample;

/**
 * The samples of the sets a configuration names, listed and checked before any work is done.
 * Listing reads folders, not images.
 */
public final class ConfiguredSets {
  /** Separates the draw of a limited source from every other use of the run's seed. */
  private static final long SOURCE_LIMIT = 0x511;

  private final AsmConfig config;
  private final Configuration hadoop;
  private final Datasets datasets;
  private final Map<String, SetListing> listings = new LinkedHashMap<>();

  public ConfiguredSets(AsmConfig config, Configuration hadoop) {
    this.config = config;
    this.hadoop = hadoop;
    datasets = Datasets.of(config);
  }

  /**
   * The labelled samples of each entry of {@code data.sources}.
   *
   * @throws UserMistake with every mistake of every set, each on a line of its own
   * @throws IOException where a file system fails
   */
  public List<List<Sample>> sources() throws IOException {
    List<SourceSet> sets = config.requireSources();
    List<List<Sample>> samples = new ArrayList<>();
    List<String> mistakes = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      SourceSet set = sets.get(i);
      try {
        samples.add(limited(i, set));
      } catch (UserMistake mistake) {
        mistakes.add(mistake.getMessage());
      }
    }
    if (!mistakes.isEmpty()) {
      throw new UserMistake(String.join("\n", mistakes));
    }
    return samples;
  }

  private List<Sample> limited(int index, SourceSet set) throws IOException {
    String key = "data.sources[" + index + "]";
    List<Sample> samples = labelled(key, set.type(), set.root(), set.split(), index);
    if (set.limit() == 0) {
      return samples;
    }
    if (set.limit() > samples.size()) {
      throw new UserMistake(
          "%s.limit = %d: the set has %d images".formatted(key, set.limit(), samples.size()));
    }
    return Permutation.draw(
        samples, set.limit(), new SplittableRandom(Seeds.mix(config.seed(), SOURCE_LIMIT, index)));
  }

  /**
   * The labelled samples of the target that {@code training.method = supervised} trains on.
   *
   * @throws UserMistake where {@code data.supervised} has a mistake, or is not set
   * @throws IOException where the file system fails
   */
  public List<Sample> supervised() throws IOException {
    SupervisedSet set = config.requireSupervised();
    List<Sample> all =
        labelled(
            "data.supervised", set.type().orElseThrow(), set.root().orElseThrow(), set.split(), 0);
    return all.subList(0, (int) Math.ceil(set.share() * all.size()));
  }

  /** The training order over what {@code training.method} trains on. */
  public SourceOrder trained() throws IOException {
    return config.training().method() == Method.SUPERVISED
        ? new SourceOrder(config.seed(), List.of(supervised()), new double[] {1})
        : order();
  }

  /** The training order over {@link #sources()}. */
  public SourceOrder order() throws IOException {
    double[] weights = config.requireSources().stream().mapToDouble(SourceSet::weight).toArray();
    return new SourceOrder(config.seed(), sources(), weights);
  }

  /**
   * Every image of the target set, without labels.
   *
   * @throws UserMistake where {@code data.target} has none
   * @throws IOException where the file system fails
   */
  public List<Sample> target() throws IOException {
    TargetSet target = config.requireTarget();
    Dataset dataset = datasets.get("data.target.type", target.type());
    return listing("data.target", target.root().orElseThrow(), target.split(), 0).images(dataset);
  }

  /**
   * The anchors among {@link #target()}.
   *
   * @throws UserMistake where {@code data.target} or its anchors do not exist
   * @throws IOException where the file system fails
   */
  public List<Sample> anchors() throws IOException {
    TargetSet target = config.requireTarget();
    return AnchorImages.choose(target(), target.anchors(), target.shots(), config.seed());
  }

  /**
   * The labelled samples that are scored: {@code data.evaluation} without what training has seen of
   * it, whatever the method, so that all methods are scored on the same images. Left out are the
   * anchors, the images of {@code data.supervised}, and those of a source set in the same folder.
   * Where every target image is an anchor ({@code shots = 0}), none is left out for that: the
   * setting allows it, since no label of the target is used.
   *
   * @throws UserMistake where the set has a mistake, or where nothing is left of it
   * @throws IOException where the file system fails
   */
  public List<Sample> evaluation() throws IOException {
    EvaluationSet set = config.requireEvaluation();
    List<Sample> samples =
        labelled(
            "data.evaluation", set.type().orElseThrow(), set.root().orElseThrow(), set.split(), 0);
    TargetSet target = config.data().target();
    boolean everyImage = target.anchors().isEmpty() && target.shots() == 0;
    List<Sample> scored = samples;
    if (target.root().isPresent() && !everyImage) {
      scored = AnchorImages.without(scored, anchors());
    }
    int anchors = samples.size() - scored.size();
    scored = AnchorImages.without(scored, trainedWithLabels(set));
    if (scored.isEmpty()) {
      throw new UserMistake(
          "data.evaluation.root = %s: nothing is left to score, %s"
              .formatted(
                  set.root().orElseThrow(),
                  anchors == samples.size()
                      ? "all its %d images are anchors".formatted(samples.size())
                      : "all its %d images are anchors (%d) or trained on with their labels (data.supervised, data.sources)"
                          .formatted(samples.size(), anchors)));
    }
    return scored;
  }

  /** Samples that may be in the scored set and that training sees with their labels. */
  private List<Sample> trainedWithLabels(EvaluationSet scored) throws IOException {
    List<Sample> trained = new ArrayList<>();
    SupervisedSet supervised = config.data().supervised();
    if (supervised.type().isPresent() && supervised.root().isPresent()) {
      trained.addAll(supervised());
    }
    List<SourceSet> sources = config.data().sources();
    for (int i = 0; i < sources.size(); i++) {
      SourceSet set = sources.get(i);
      if (set.type().equals(scored.type().orElseThrow())
          && !set.root().isBlank()
          && new Path(SetListing.place(set.root()))
              .equals(new Path(SetListing.place(scored.root().orElseThrow())))) {
        trained.addAll(labelled("data.sources[" + i + "]", set.type(), set.root(), set.split(), i));
      }
    }
    return trained;
  }

  /**
   * A kind of data set whose labels are the configuration's.
   *
   * @param key of its block, such as {@code data.sources[0]}
   * @throws UserMistake where there is no such type, or its classes are others than those of {@code
   *     data.labels}
   */
  public Dataset labelled(String key, String type) {
    Dataset dataset = datasets.get(key + ".type", type);
    LabelSpace asked = LabelSpaces.of(config.data());
    Optional<LabelSpace> space = dataset.space();
    if (space.isPresent() && !space.get().classes().equals(asked.classes())) {
      throw new UserMistake(
          "%s.type = %s: its labels are %s, but data.labels = %s"
              .formatted(key, type, space.get().name(), asked.name()));
    }
    TaskNetwork network = config.model().network();
    if (space.isPresent() && dataset.labelsWholeImages() == network.labelsPixels()) {
      throw new UserMistake(
          "%s.type = %s: its labels are classes of %s, but model.network = %s labels %s"
              .formatted(
                  key,
                  type,
                  dataset.labelsWholeImages() ? "whole images" : "pixels",
                  network.word(),
                  network.labelsPixels() ? "pixels" : "whole images"));
    }
    return dataset;
  }

  private List<Sample> labelled(
      String key, String type, String root, Optional<String> split, int index) throws IOException {
    return listing(key, root, split, index).labelled(labelled(key, type));
  }

  /**
   * For source sets that are packed in fewer shards than workers, and are large enough for more: a
   * sentence each.
   *
   * @param workers that read at the same time
   * @throws IOException where a file system fails
   */
  public List<String> tooFewShards(int workers) throws IOException {
    List<String> told = new ArrayList<>();
    if (config.training().method() == Method.SUPERVISED) {
      return told;
    }
    List<SourceSet> sets = config.requireSources();
    for (int i = 0; i < sets.size(); i++) {
      SourceSet set = sets.get(i);
      String key = "data.sources[" + i + "]";
      listing(key, set.root(), set.split(), i)
          .tooFewShards(datasets.get(key + ".type", set.type()), workers)
          .ifPresent(told::add);
    }
    return told;
  }

  /** A set's listing, which looks through its shards once. */
  private SetListing listing(String key, String root, Optional<String> split, int index) {
    return listings.computeIfAbsent(key, name -> SetListing.of(name, root, split, index, hadoop));
  }
}
