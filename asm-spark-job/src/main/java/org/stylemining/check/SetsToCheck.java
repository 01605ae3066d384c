package org.stylemining.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.EvaluationSet;
import org.stylemining.config.Size;
import org.stylemining.config.SourceSet;
import org.stylemining.config.TargetSet;
import org.stylemining.config.UserMistake;
import org.stylemining.data.AnchorImages;
import org.stylemining.data.ConfiguredSets;
import org.stylemining.data.Datasets;
import org.stylemining.data.packed.SetListing;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.Sample;
import org.stylemining.inspection.CheckedSet;
import org.stylemining.inspection.Finding;
import org.stylemining.inspection.SetRole;
import org.stylemining.inspection.Severity;

/**
 * Lists every set that a configuration names. What keeps a set from being listed at all is a
 * mistake in the configuration; images and labels that are not in pairs are a finding.
 */
public final class SetsToCheck {
  private final AsmConfig config;
  private final Configuration hadoop;
  private final Datasets datasets;
  private final ConfiguredSets configured;
  private final ChosenSamples chosen;
  private final List<CheckedSet> sets = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> unnamed = new ArrayList<>();
  private final List<String> mistakes = new ArrayList<>();
  private List<String> anchors = List.of();

  private SetsToCheck(AsmConfig config, int drawn, Configuration hadoop) {
    this.config = config;
    this.hadoop = hadoop;
    datasets = Datasets.of(config);
    configured = new ConfiguredSets(config, hadoop);
    chosen = new ChosenSamples(config.seed(), drawn);
  }

  /**
   * Lists the sets.
   *
   * @param drawn samples of each that are to be looked at, drawn by the seed; 0: all
   * @throws UserMistake with every mistake of the configuration, each on a line of its own, and
   *     with what is wrong with other sets; where no set is named
   * @throws IOException where a file system fails
   */
  public static CheckPlan plan(AsmConfig config, int drawn, Configuration hadoop)
      throws IOException {
    SetsToCheck listing = new SetsToCheck(config, drawn, hadoop);
    listing.sources();
    listing.target();
    listing.evaluation();
    listing.styles();
    return listing.plan();
  }

  private CheckPlan plan() {
    if (!mistakes.isEmpty()) {
      findings.forEach(finding -> mistakes.add(finding.message()));
      throw new UserMistake(String.join("\n", mistakes));
    }
    if (sets.isEmpty()) {
      throw new UserMistake(
          "the configuration names no data set: expected one of " + String.join(", ", unnamed));
    }
    return new CheckPlan(sets, chosen.list(hadoop), anchors, unnamed, findings);
  }

  /** Something that lists a set. */
  private interface Listing {
    void run() throws IOException;
  }

  private void gather(Listing listing) throws IOException {
    try {
      listing.run();
    } catch (UserMistake mistake) {
      mistakes.add(mistake.getMessage());
    }
  }

  private void sources() throws IOException {
    if (config.data().sources().isEmpty()) {
      unnamed.add("data.sources");
      return;
    }
    gather(
        () -> {
          List<SourceSet> sources = config.requireSources();
          for (int i = 0; i < sources.size(); i++) {
            SourceSet set = sources.get(i);
            int index = i;
            gather(
                () ->
                    labelled(
                        "data.sources[%d]".formatted(index),
                        SetRole.SOURCE,
                        set.type(),
                        set.root(),
                        set.split(),
                        config.data().resize(),
                        config.data().crop()));
          }
        });
  }

  private void target() throws IOException {
    TargetSet target = config.data().target();
    if (target.root().isEmpty()) {
      unnamed.add("data.target");
      return;
    }
    gather(
        () -> {
          List<Sample> images = configured.target();
          anchors =
              AnchorImages.choose(images, target.anchors(), target.shots(), config.seed()).stream()
                  .map(Sample::image)
                  .toList();
          add(
              new CheckedSet(
                  "data.target",
                  SetRole.TARGET,
                  target.type(),
                  target.root().get(),
                  target.split().orElse(""),
                  false,
                  images.size(),
                  config.data().resize(),
                  CheckedSet.NONE),
              images,
              Set.copyOf(anchors));
        });
  }

  private void evaluation() throws IOException {
    EvaluationSet set = config.data().evaluation();
    if (set.root().isEmpty()) {
      unnamed.add("data.evaluation");
      return;
    }
    Size resize = config.evaluate().resize();
    gather(
        () ->
            labelled(
                "data.evaluation",
                SetRole.EVALUATION,
                config.requireEvaluation().type().orElseThrow(),
                set.root().get(),
                set.split(),
                resize.width() == 0 ? config.data().resize() : resize,
                CheckedSet.NONE));
  }

  private void styles() throws IOException {
    Optional<String> styles = config.style().pretrain().styles();
    if (styles.isEmpty()) {
      unnamed.add("style.pretrain.styles");
      return;
    }
    String key = "style.pretrain.styles";
    int crop = config.style().pretrain().crop();
    gather(
        () -> {
          Dataset folder = datasets.get(key, "folder");
          List<Sample> images =
              SetListing.of(key, styles.get(), Optional.empty(), 0, hadoop).images(folder);
          add(
              new CheckedSet(
                  key,
                  SetRole.STYLES,
                  folder.type(),
                  styles.get(),
                  "",
                  false,
                  images.size(),
                  CheckedSet.NONE,
                  new Size(crop, crop)),
              images,
              Set.of());
        });
  }

  private void labelled(
      String key,
      SetRole role,
      String type,
      String root,
      Optional<String> split,
      Size resize,
      Size crop)
      throws IOException {
    Dataset dataset = configured.labelled(key, type);
    SetListing at = SetListing.of(key, root, split, sets.size(), hadoop);
    List<Sample> samples;
    boolean paired = true;
    try {
      samples = at.labelled(dataset);
    } catch (UserMistake mistake) {
      if (dataset.space().isEmpty()) {
        throw mistake;
      }
      samples = images(dataset, at, mistake);
      paired = false;
      findings.add(
          new Finding(
              Severity.WRONG,
              "pairs",
              key,
              1,
              mistake.getMessage() + "; of this set the images alone were looked at",
              List.of()));
    }
    add(
        new CheckedSet(
            key, role, type, root, split.orElse(""), paired, samples.size(), resize, crop),
        samples,
        Set.of());
  }

  /** A set's images, where the labels are the trouble. */
  private static List<Sample> images(Dataset dataset, SetListing at, UserMistake labels)
      throws IOException {
    try {
      return at.images(dataset);
    } catch (UserMistake images) {
      // It told the same.
      labels.addSuppressed(images);
      throw labels;
    }
  }

  private void add(CheckedSet set, List<Sample> samples, Set<String> anchors) {
    chosen.add(sets.size(), samples, anchors);
    sets.add(set);
  }
}
