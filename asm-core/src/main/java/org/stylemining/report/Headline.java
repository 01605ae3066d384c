package org.stylemining.report;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.stylemining.config.Method;
import org.stylemining.config.TaskNetwork;
import org.stylemining.data.LabelSpaces;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.provenance.Provenance;
import org.stylemining.score.ClassificationScores;
import org.stylemining.score.Scores;
import org.stylemining.score.TaskScores;

/** The top of the page: what was run, and the numbers that are asked for first. */
final class Headline {
  private final String name;
  private final Config config;
  private final Optional<LabelSpace> told;
  private final RunSummary run;
  private final Optional<TaskScores> scores;

  /**
   * @param folder name of the folder, for a run that has no name
   * @param configuration the resolved configuration's text; empty where there is none
   */
  Headline(
      String folder,
      Optional<Provenance> provenance,
      String configuration,
      RunSummary run,
      Optional<TaskScores> scores) {
    this.name =
        provenance.map(Provenance::experiment).filter(known -> !known.isBlank()).orElse(folder);
    this.config = parse(configuration);
    this.told = LabelSpaces.told(configuration);
    this.run = run;
    this.scores = scores;
  }

  String name() {
    return name;
  }

  /**
   * The way a run was trained in, such as {@code source-only} or {@code adversarial}: the names
   * that {@code compare} has for them.
   *
   * @param configuration a resolved configuration's text
   */
  static Optional<String> method(String configuration) {
    Config config = parse(configuration);
    String method = text(config, "training.method");
    String told = method.equals(Method.ASM.word()) ? text(config, "mining.sampling") : method;
    return told.isEmpty() ? Optional.empty() : Optional.of(told);
  }

  /** The classes' names and colours: the configuration's, or those that the scores speak of. */
  Optional<LabelSpace> labelSpace() {
    return told.or(
        () ->
            scores
                .map(known -> known.classes().keySet())
                .filter(known -> !known.isEmpty())
                .flatMap(
                    known ->
                        LabelSpaces.published().stream()
                            .filter(space -> space.classes().containsAll(known))
                            .findFirst()));
  }

  String html() {
    return """
    <header>
    <p class="kind">Adversarial Style Mining · run report</p>
    <h1>%s</h1>
    %s<ul class="tiles">
    %s</ul>
    </header>
    """
        .formatted(Html.escape(name), subtitle(), tiles());
  }

  /**
   * What is trained on what, and how, as a paragraph; empty where the configuration is not known.
   */
  String subtitle() {
    List<String> parts = new ArrayList<>();
    String sources = sources();
    String target = text("data.target.type");
    if (!sources.isEmpty()) {
      parts.add(sources + (target.isEmpty() ? "" : " → " + target));
    }
    String backbone = text("model.backbone");
    if (text("model.network").equals(TaskNetwork.RESNET18.word())) {
      parts.add("ResNet-18");
    } else if (!backbone.isEmpty()) {
      parts.add("DeepLab-v2 on " + backbone);
    }
    String method = text("training.method");
    if (method.equals("asm")) {
      parts.add(
          text("mining.sampling")
              + " sampling, "
              + text("mining.depth")
              + (text("mining.depth").equals("1") ? " mining step" : " mining steps"));
    } else if (!method.isEmpty()) {
      parts.add(method);
    }
    return parts.isEmpty()
        ? ""
        : "<p class=\"subtitle\">%s</p>\n".formatted(Html.escape(String.join(" · ", parts)));
  }

  private String sources() {
    try {
      return config.getConfigList("data.sources").stream()
          .map(source -> source.getString("type"))
          .collect(Collectors.joining(" + "));
    } catch (ConfigException e) {
      return "";
    }
  }

  /** The numbers that are asked for first. */
  String tiles() {
    StringBuilder tiles = new StringBuilder();
    scores.ifPresent(known -> tiles(tiles, known));
    if (run.totals().last().isPresent()) {
      RoundRecord last = run.totals().last().get();
      double seconds = run.totals().seconds();
      String rounds = last.round() < last.rounds() ? "of " + Html.count(last.rounds()) : "all done";
      tiles.append(
          Html.tile(
              "Loss",
              Html.number(last.loss()),
              "from " + Html.number(run.totals().first().orElse(last).loss()),
              false));
      tiles.append(Html.tile("Sync rounds", Html.count(last.round()), rounds, false));
      tiles.append(
          Html.tile(
              "Updates",
              Html.count(last.update()),
              last.workers() == 1 ? "1 worker" : "each of " + last.workers() + " workers",
              false));
      tiles.append(
          Html.tile(
              "Images",
              Html.number(run.totals().images() / seconds) + "<small>/s</small>",
              Html.count(run.totals().images()) + " seen",
              false));
      tiles.append(Html.tile("Training time", spaced(ProgressLine.duration(seconds)), "", false));
    }
    return tiles.toString();
  }

  private static void tiles(StringBuilder tiles, TaskScores scores) {
    if (scores instanceof Scores known) {
      tiles.append(
          Html.tile(
              "mIoU",
              Html.percent(known.mIoU()) + "<small>%</small>",
              "over " + known.present() + " classes",
              true));
      tiles.append(
          Html.tile(
              "Pixel accuracy",
              Html.percent(known.pixelAccuracy()) + "<small>%</small>",
              "",
              false));
    } else if (scores instanceof ClassificationScores known) {
      tiles.append(
          Html.tile(
              "Accuracy",
              Html.percent(known.accuracy()) + "<small>%</small>",
              "of " + Html.count(known.images()) + " images",
              true));
    }
  }

  /** A duration whose units are small. */
  static String spaced(String duration) {
    return duration.replaceAll("(\\d+) (\\w+)", "$1<small>$2</small>");
  }

  private String text(String key) {
    return text(config, key);
  }

  private static String text(Config config, String key) {
    try {
      return config.getString(key);
    } catch (ConfigException e) {
      return "";
    }
  }

  private static Config parse(String text) {
    try {
      return ConfigFactory.parseString(text).resolve();
    } catch (ConfigException e) {
      // The page shows the text as it is all the same.
      return ConfigFactory.empty();
    }
  }
}
