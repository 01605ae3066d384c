package org.stylemining.report;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.score.ClassificationScores;
import org.stylemining.score.Scores;
import org.stylemining.score.TaskScores;

/**
 * The parts of the page that show how good the result is: scores by class, and predictions beside
 * their truth.
 */
final class ResultSections {
  private static final int MOST_SAMPLES = 12;
  private static final int SAMPLE_WIDTH = 800;

  private ResultSections() {}

  static String scores(TaskScores scores, Optional<LabelSpace> space) {
    if (scores instanceof ClassificationScores known) {
      String all = "All %s images".formatted(Html.count(known.images()));
      return Html.section(
          "scores",
          "Accuracy by class",
          table(scores, space, "Right, %", all, known.accuracy()) + confusion(known));
    }
    return Html.section(
        "scores",
        "Scores by class",
        table(
            scores,
            space,
            "IoU, %",
            "Mean over %d classes".formatted(scores.present()),
            ((Scores) scores).mIoU()));
  }

  private static String table(
      TaskScores scores, Optional<LabelSpace> space, String heading, String all, double mean) {
    StringBuilder rows = new StringBuilder();
    for (Map.Entry<String, Double> entry : scores.classes().entrySet()) {
      String name = Html.escape(entry.getKey());
      String swatch = space.map(known -> new Swatches(known).of(entry.getKey())).orElse("");
      if (entry.getValue() == null) {
        rows.append(
            "<tr class=\"absent\"><th scope=\"row\">%s%s</th><td></td><td>absent</td></tr>\n"
                .formatted(swatch, name));
      } else {
        rows.append(
            "<tr><th scope=\"row\">%s%s</th><td class=\"bar\"><i style=\"width:%s%%\"></i></td><td>%s</td></tr>\n"
                .formatted(
                    swatch, name, Html.percent(entry.getValue()), Html.percent(entry.getValue())));
      }
    }
    return """
        <table class="classes">
        <thead><tr><th scope="col">Class</th><th scope="col" class="bar"></th><th scope="col">%s</th></tr></thead>
        <tbody>
        %s</tbody>
        <tfoot><tr><th scope="row">%s</th><td class="bar"><i style="width:%s%%"></i></td><td>%s</td></tr></tfoot>
        </table>
        """
        .formatted(
            heading, rows, all, Double.isNaN(mean) ? "0" : Html.percent(mean), Html.percent(mean));
  }

  private static String confusion(ClassificationScores scores) {
    List<String> names = List.copyOf(scores.classes().keySet());
    List<List<Long>> counts = scores.confusion();
    if (names.size() != counts.size()) {
      // Only some of the classes were asked for; columns would have no name.
      return "";
    }
    StringBuilder table = new StringBuilder("<table class=\"confusion\">\n<thead><tr><th></th>");
    names.forEach(name -> table.append("<th scope=\"col\">%s</th>".formatted(Html.escape(name))));
    table.append("</tr></thead>\n<tbody>\n");
    for (int truth = 0; truth < names.size(); truth++) {
      table.append("<tr><th scope=\"row\">%s</th>".formatted(Html.escape(names.get(truth))));
      for (int prediction = 0; prediction < names.size(); prediction++) {
        long count = counts.get(truth).get(prediction);
        table.append(
            "<td%s>%s</td>"
                .formatted(
                    truth == prediction ? " class=\"right\"" : "",
                    count == 0 ? "" : Html.count(count)));
      }
      table.append("</tr>\n");
    }
    return table
        .append(
            "</tbody>\n</table>\n<p class=\"note\">Images by true class (row) and predicted class (column).</p>\n")
        .toString();
  }

  /**
   * Images beside what the network made of them.
   *
   * @param baseline whose predictions stand between label and prediction
   */
  static String predictions(
      FileSystem fileSystem, Path folder, Optional<Baseline> baseline, Optional<LabelSpace> space)
      throws IOException {
    List<PredictionSample> samples = PredictionSample.list(fileSystem, folder);
    if (baseline.isPresent()) {
      requireCommon(samples, baseline.get());
    }
    StringBuilder body = new StringBuilder();
    StringBuilder whole = new StringBuilder();
    for (PredictionSample sample : samples.subList(0, Math.min(MOST_SAMPLES, samples.size()))) {
      Optional<String> image =
          Picture.photograph(fileSystem, sample.image(), SAMPLE_WIDTH, "image " + sample.name());
      Optional<PredictionSample> other = baseline.flatMap(known -> known.of(sample));
      OptionalInt predicted = PredictionSample.wholeClass(fileSystem, sample.prediction());
      if (predicted.isPresent()) {
        image.ifPresent(
            picture ->
                whole.append(
                    whole(fileSystem, sample, picture, predicted.getAsInt(), baseline, space)));
        continue;
      }
      Optional<String> label =
          sample
              .label()
              .flatMap(file -> Picture.exact(fileSystem, file, "label of " + sample.name()));
      Optional<String> prediction =
          Picture.exact(fileSystem, sample.prediction(), "prediction for " + sample.name());
      if (image.isPresent() && prediction.isPresent()) {
        body.append("<div class=\"sample\">\n").append(figure(image.get(), "Image"));
        label.ifPresent(picture -> body.append(figure(picture, "Label")));
        other
            .flatMap(
                one ->
                    Picture.exact(
                        baseline.orElseThrow().fileSystem(),
                        one.prediction(),
                        "the baseline's prediction for " + sample.name()))
            .ifPresent(
                picture ->
                    body.append(figure(picture, Html.escape(baseline.orElseThrow().name()))));
        body.append(figure(prediction.get(), baseline.isPresent() ? "This run" : "Prediction"));
        body.append("<p class=\"name\">%s</p>\n</div>\n".formatted(Html.escape(sample.name())));
      }
    }
    if (body.length() > 0) {
      space.ifPresent(known -> body.append(new Swatches(known).legend()));
    }
    if (whole.length() > 0) {
      body.append("<div class=\"wholes\">\n").append(whole).append("</div>\n");
    }
    return Html.section("predictions", "Predictions", body.toString());
  }

  private static void requireCommon(List<PredictionSample> samples, Baseline baseline) {
    if (samples.stream().noneMatch(sample -> baseline.of(sample).isPresent())) {
      throw new UserMistake(
          "--baseline: expected predictions of the same images as this run's (%s), found %s"
              .formatted(
                  some(samples.stream().map(PredictionSample::name).toList()),
                  some(List.copyOf(baseline.samples().keySet()))));
    }
  }

  private static String some(List<String> names) {
    return names.isEmpty()
        ? "none"
        : String.join(", ", names.subList(0, Math.min(3, names.size())))
            + (names.size() > 3 ? " …" : "");
  }

  /** An image that is labelled as a whole: its classes in words. */
  private static String whole(
      FileSystem fileSystem,
      PredictionSample sample,
      String picture,
      int predicted,
      Optional<Baseline> baseline,
      Optional<LabelSpace> space) {
    OptionalInt truth =
        sample
            .label()
            .map(file -> PredictionSample.wholeClass(fileSystem, file))
            .orElse(OptionalInt.empty());
    String caption = "predicted " + name(space, predicted);
    if (truth.isPresent()) {
      caption += ", truly " + name(space, truth.getAsInt());
    }
    if (baseline.isPresent()) {
      Baseline known = baseline.get();
      OptionalInt other =
          known
              .of(sample)
              .map(one -> PredictionSample.wholeClass(known.fileSystem(), one.prediction()))
              .orElse(OptionalInt.empty());
      if (other.isPresent()) {
        caption += "; %s: %s".formatted(known.name(), name(space, other.getAsInt()));
      }
    }
    return "<figure title=\"%s\">%s<figcaption>%s</figcaption></figure>\n"
        .formatted(Html.escape(sample.name()), picture, Html.escape(caption));
  }

  private static String name(Optional<LabelSpace> space, int trainId) {
    return space
        .filter(known -> trainId < known.count())
        .map(known -> known.classes().get(trainId))
        .orElse("class " + trainId);
  }

  private static String figure(String image, String caption) {
    return "<figure>%s<figcaption>%s</figcaption></figure>\n".formatted(image, caption);
  }
}
