package org.stylemining.report;

/** What stands still of the live page: its style, its script, and places for all that changes. */
final class LivePage {
  private LivePage() {}

  /**
   * The page.
   *
   * @param everySeconds how often it asks for news
   */
  static String html(double everySeconds) {
    return PageFrame.live(
        "Live view",
        Chart.style() + "\n" + Html.resource("/org/stylemining/report/live.css"),
        """
        <header id="head" data-every="%s"><p class="kind">Adversarial Style Mining · live view</p>
        <noscript><p>This page needs JavaScript, which comes from this machine alone.</p></noscript></header>
        <p id="trouble" role="alert" hidden></p>
        <main>
        """
                .formatted(everySeconds)
            + section("training", "Training", charts("loss", "speed"))
            + section("mining", "Style mining", charts("steps", "distance") + place("mining"))
            + place("styles")
            + place("predictions")
            + section("workers", "Workers", charts("workers", "drift") + place("workers"))
            + section("memory", "Memory", charts("memory"))
            + place("faults")
            + place("damaged")
            + "</main>\n",
        "live.js");
  }

  static String script() {
    return Chart.script() + "\n" + Html.resource("/org/stylemining/report/live.js");
  }

  private static String section(String id, String heading, String body) {
    return "<section id=\"%s\" hidden>\n<h2>%s</h2>\n%s</section>\n".formatted(id, heading, body);
  }

  private static String charts(String... names) {
    StringBuilder html = new StringBuilder("<div class=\"charts\">\n");
    for (String name : names) {
      html.append(
          "<figure class=\"chart\" data-chart=\"%s\" hidden><figcaption></figcaption><div class=\"plot\" role=\"img\"></div></figure>\n"
              .formatted(name));
    }
    return html.append("</div>\n").toString();
  }

  /** Where HTML of this name goes. */
  private static String place(String name) {
    return "<div data-html=\"%s\"></div>\n".formatted(name);
  }
}
