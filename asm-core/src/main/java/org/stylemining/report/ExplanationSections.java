package org.stylemining.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.stylemining.config.Sampling;
import org.stylemining.report.Explanation.Kind;

/**
 * The part of the page that shows what {@code explain} found: mined styles beside real ones, what
 * the network makes of images, and what each sampling strategy draws.
 */
final class ExplanationSections {
  private static final int STRIP_WIDTH = 2400;

  /** A class's name of so many letters can stand for its points. */
  private static final int LONGEST_MARK = 2;

  private static final int SOURCE = 5;
  private static final int MINED = 0;
  private static final int TARGET = 4;
  private static final int PATH = 1;

  private ExplanationSections() {}

  static String html(RunFolder folder) throws IOException {
    if (!folder.fileSystem().exists(folder.embedding())) {
      return "";
    }
    Explanation found = Explanation.read(folder);
    return Html.section("styles-mined", "Mined styles beside real ones", styles(found))
        + Html.section("features", "What the network makes of images", features(found))
        + Html.section("samplings", "One image by sampling strategy", samplings(folder));
  }

  private static String styles(Explanation found) {
    StringBuilder body = new StringBuilder();
    body.append(
        "<p>The network of <span class=\"path\">%s</span>, which learnt nothing meanwhile; styles mined from %s source images by %s sampling (seed %d), beside %s real target images that training did not have.</p>\n"
            .formatted(
                Html.escape(found.checkpoint()),
                Html.count(found.source()),
                Html.escape(found.sampling()),
                found.seed(),
                Html.count(found.target())));
    for (String note : found.notes()) {
      body.append("<p class=\"note\">%s</p>\n".formatted(Html.escape(note)));
    }
    body.append("<div class=\"pair\">\n").append(map(found).html());
    body.append("<div>\n").append(nearest(found)).append("</div>\n</div>\n");
    if (found.steps().size() > 1) {
      body.append("<div class=\"pair\">\n")
          .append(loss(found).html())
          .append(course(found).html())
          .append("</div>\n");
    }
    return body.toString();
  }

  private static Scatter map(Explanation found) {
    List<Scatter.Point> source = new ArrayList<>();
    List<Scatter.Point> target = new ArrayList<>();
    List<Scatter.Point> anchor = new ArrayList<>();
    List<Scatter.Point> drawn = new ArrayList<>();
    List<Scatter.Point> mined = new ArrayList<>();
    SortedMap<Integer, List<double[]>> paths = new TreeMap<>();
    int last = found.steps().size();
    for (Explanation.Point point : found.styles().points()) {
      List<Scatter.Point> group =
          switch (point.kind()) {
            case SOURCE -> source;
            case TARGET -> target;
            case ANCHOR -> anchor;
            case MINED -> point.step() == 1 && last > 1 ? drawn : mined;
          };
      group.add(new Scatter.Point(told(point), "", point.x(), point.y()));
      if (point.kind() == Kind.MINED) {
        // Steps of a draw come in their order.
        paths
            .computeIfAbsent(point.draw(), draw -> new ArrayList<>())
            .add(new double[] {point.x(), point.y()});
      }
    }
    boolean climbs = found.sampling().equals(Sampling.ADVERSARIAL.word());
    List<Scatter.Group> groups = new ArrayList<>();
    add(groups, "source", SOURCE, Scatter.Shape.DOT, source);
    add(groups, "real target", TARGET, Scatter.Shape.DOT, target);
    add(groups, climbs ? "first draw" : "first step", MINED, Scatter.Shape.RING, drawn);
    add(groups, climbs ? "mined" : "drawn", MINED, Scatter.Shape.DOT, mined);
    add(groups, "anchor", Scatter.INK, Scatter.Shape.STAR, anchor);
    return new Scatter(
        "Styles",
        remark(found.styles()),
        climbs && last > 1
            ? new Scatter.Trails(
                "search path",
                PATH,
                paths.values().stream().map(path -> path.toArray(double[][]::new)).toList())
            : Scatter.Trails.NONE,
        groups);
  }

  private static String nearest(Explanation found) {
    if (found.target() < 2) {
      return "";
    }
    double unit = found.nearest().get(0).distance();
    StringBuilder rows = new StringBuilder();
    for (Explanation.Nearest one : found.nearest()) {
      rows.append(
          "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td></tr>\n"
              .formatted(
                  Html.escape(one.of()),
                  Html.count(one.styles()),
                  Html.number(one.distance()),
                  Html.number(one.distance() / unit)));
    }
    String lost = lost(found.styleLoss());
    return """
        <table class="figures">
        <thead><tr><th scope="col">From a real target style to the nearest of</th><th scope="col">Styles</th>\
        <th scope="col">Distance</th><th scope="col">Relative</th></tr></thead>
        <tbody>
        %s</tbody>
        </table>
        <p class="note">Median over the target images, in the space of styles itself (%s values, each in its standard deviations); relative to the \
        distance between target images. t-SNE keeps neighbourhoods; how far apart groups lie in its picture, and how large they are, means little.%s</p>
        """
        .formatted(rows, Html.count(found.styles().dimensions()), lost);
  }

  private static String lost(double share) {
    if (!Double.isFinite(share)) {
      return "";
    }
    return share < 1
        ? " The auto-encoder over styles loses %s%% of the variance of the target images’ styles; no style here shows that part."
            .formatted(Html.percent(share))
        : " The auto-encoder over styles errs by more than the target images’ styles differ from each other (%s times their variance): these are hardly their styles, and the generator should be trained longer or on more style images."
            .formatted(Html.number(share));
  }

  private static Chart loss(Explanation found) {
    return new Chart(
        "Loss along the mining steps",
        "mean, the network unchanged",
        "loss",
        "mining step",
        steps(found, Explanation.Step::step),
        List.of(new Chart.Line("loss", steps(found, Explanation.Step::loss), 0, false)));
  }

  private static Chart course(Explanation found) {
    double[] lengths = steps(found, Explanation.Step::stepLength);
    for (int i = 0; i < lengths.length; i++) {
      // The last step is not left: that is no step of length 0.
      lengths[i] = lengths[i] > 0 ? lengths[i] : Double.NaN;
    }
    return new Chart(
        "How far the style travels",
        "mean",
        "length",
        "mining step",
        steps(found, Explanation.Step::step),
        List.of(
            new Chart.Line(
                "from the anchor ‖ε − ψ‖", steps(found, Explanation.Step::styleDistance), 0, false),
            new Chart.Line(
                "from the first draw", steps(found, Explanation.Step::travelled), 1, false),
            new Chart.Line("next step", lengths, 3, false),
            new Chart.Line(
                "sampling noise ‖n·ξ‖", steps(found, Explanation.Step::noiseLength), 5, true)));
  }

  private static double[] steps(Explanation found, ToDoubleFunction<Explanation.Step> value) {
    return found.steps().stream().mapToDouble(value).toArray();
  }

  private static String features(Explanation found) {
    List<Scatter.Point> source = new ArrayList<>();
    List<Scatter.Point> stylised = new ArrayList<>();
    List<Scatter.Point> target = new ArrayList<>();
    for (Explanation.Point point : found.features().points()) {
      List<Scatter.Point> group =
          switch (point.kind()) {
            case SOURCE -> source;
            case MINED -> stylised;
            case TARGET, ANCHOR -> target;
          };
      String mark = point.label().length() <= LONGEST_MARK ? point.label() : "";
      group.add(new Scatter.Point(told(point), mark, point.x(), point.y()));
    }
    List<Scatter.Group> groups = new ArrayList<>();
    add(groups, "source", SOURCE, Scatter.Shape.DOT, source);
    add(groups, "stylised", MINED, Scatter.Shape.DOT, stylised);
    add(groups, "target", TARGET, Scatter.Shape.DOT, target);
    Scatter map = new Scatter("Features", remark(found.features()), Scatter.Trails.NONE, groups);
    return "<div class=\"pair\">\n"
        + map.html()
        + "<div>\n"
        + neighbours(found)
        + "</div>\n</div>\n";
  }

  private static String neighbours(Explanation found) {
    String what =
        "Each point is an image: the mean of its features over its pixels, behind the second last layer (%s values). Stylised images are those of the last mining step."
            .formatted(Html.count(found.features().dimensions()));
    if (found.neighbours().isEmpty()) {
      return "<p class=\"note\">%s</p>\n".formatted(what);
    }
    StringBuilder rows = new StringBuilder();
    for (Explanation.Neighbours one : found.neighbours()) {
      rows.append(
          "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td></tr>\n"
              .formatted(
                  Html.escape(one.of()),
                  Html.count(one.images()),
                  Html.percent(one.share()),
                  Html.percent(one.mixed())));
    }
    return """
        <table class="figures">
        <thead><tr><th scope="col">Nearest ten of a target image</th><th scope="col">Images</th>\
        <th scope="col">Share, %%</th><th scope="col">If mixed</th></tr></thead>
        <tbody>
        %s</tbody>
        </table>
        <p class="note">%s The shares are taken in the space of features itself; were domains all the same to the network, they would be those of the last column.</p>
        """
        .formatted(rows, what);
  }

  private static String samplings(RunFolder folder) throws IOException {
    StringBuilder body = new StringBuilder();
    for (Sampling sampling : List.of(Sampling.ANCHORED, Sampling.RANDOM, Sampling.ADVERSARIAL)) {
      if (folder.fileSystem().exists(folder.samplingStrip(sampling.word()))) {
        Optional<String> picture =
            Picture.photograph(
                folder.fileSystem(),
                folder.samplingStrip(sampling.word()),
                STRIP_WIDTH,
                "one image in styles of " + sampling.word() + " sampling");
        picture.ifPresent(
            shown ->
                body.append(
                    "<figure class=\"strip\">%s<figcaption>%s</figcaption></figure>\n"
                        .formatted(shown, caption(sampling))));
      }
    }
    return body.toString();
  }

  private static String caption(Sampling sampling) {
    return switch (sampling) {
      case ANCHORED -> "anchored · styles drawn around the anchor’s";
      case RANDOM -> "random · styles of no domain in particular";
      case ADVERSARIAL -> "adversarial · the first row’s styles after the last mining step";
    };
  }

  private static void add(
      List<Scatter.Group> groups,
      String label,
      int colour,
      Scatter.Shape shape,
      List<Scatter.Point> points) {
    if (!points.isEmpty()) {
      groups.add(new Scatter.Group(label, colour, shape, points));
    }
  }

  private static String remark(Explanation.Embedding layout) {
    return "t-SNE, perplexity %s".formatted(Html.number(layout.perplexity()));
  }

  private static String told(Explanation.Point point) {
    return point.name()
        + (point.step() > 0 ? " · step " + point.step() : "")
        + (point.label().isEmpty() ? "" : " · " + point.label());
  }
}
