package org.stylemining.report;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.score.Scores;

/**
 * The parts of the page that show how good the result is: scores by class, and predictions beside
 * their truth.
 */
final class ResultSections {
  private static final int MOST_SAMPLES = 12;
  private static final int SAMPLE_WIDTH = 800;

  private ResultSections() {}

  static String scores(Scores scores, Optional<LabelSpace> space) {
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
    String body =
        """
        <table class="classes">
        <thead><tr><th scope="col">Class</th><th scope="col" class="bar"></th><th scope="col">IoU, %%</th></tr></thead>
        <tbody>
        %s</tbody>
        <tfoot><tr><th scope="row">Mean over %d classes</th><td class="bar"><i style="width:%s%%"></i></td><td>%s</td></tr></tfoot>
        </table>
        """
            .formatted(
                rows,
                scores.present(),
                Double.isNaN(scores.mIoU()) ? "0" : Html.percent(scores.mIoU()),
                Html.percent(scores.mIoU()));
    return Html.section("scores", "Scores by class", body);
  }

  static String predictions(FileSystem fileSystem, Path folder, Optional<LabelSpace> space)
      throws IOException {
    List<PredictionSample> samples = PredictionSample.list(fileSystem, folder);
    StringBuilder body = new StringBuilder();
    for (PredictionSample sample : samples.subList(0, Math.min(MOST_SAMPLES, samples.size()))) {
      Optional<String> image =
          Picture.photograph(fileSystem, sample.image(), SAMPLE_WIDTH, "image " + sample.name());
      Optional<String> label =
          sample
              .label()
              .flatMap(file -> Picture.exact(fileSystem, file, "label of " + sample.name()));
      Optional<String> prediction =
          Picture.exact(fileSystem, sample.prediction(), "prediction for " + sample.name());
      if (image.isPresent() && prediction.isPresent()) {
        body.append("<div class=\"sample\">\n").append(figure(image.get(), "Image"));
        label.ifPresent(picture -> body.append(figure(picture, "Label")));
        body.append(figure(prediction.get(), "Prediction"));
        body.append("<p class=\"name\">%s</p>\n</div>\n".formatted(Html.escape(sample.name())));
      }
    }
    if (body.length() > 0) {
      space.ifPresent(known -> body.append(new Swatches(known).legend()));
    }
    return Html.section("predictions", "Predictions", body.toString());
  }

  private static String figure(String image, String caption) {
    return "<figure>%s<figcaption>%s</figcaption></figure>\n".formatted(image, caption);
  }
}
