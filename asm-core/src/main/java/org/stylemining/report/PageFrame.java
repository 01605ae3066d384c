package org.stylemining.report;

/** What is around a page. */
final class PageFrame {
  private PageFrame() {}

  /**
   * A whole page: one HTML file that may load nothing from anywhere.
   *
   * @param title of the window
   * @param style besides that of all pages; may be empty
   * @param body header and main part
   * @param script at the end; may be empty
   */
  static String of(String title, String style, String body, String script) {
    return frame(
        title,
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
            + (script.isEmpty() ? "" : "; script-src 'unsafe-inline'"),
        style,
        body,
        script.isEmpty() ? "" : "<script>\n%s\n</script>\n".formatted(script));
  }

  /**
   * A page that a server of the program gives out and that asks nobody but this server for more.
   *
   * @param script name of the script beside it
   */
  static String live(String title, String style, String body, String script) {
    return frame(
        title,
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'",
        style,
        body,
        "<script src=\"%s\"></script>\n".formatted(Html.escape(script)));
  }

  private static String frame(String title, String policy, String style, String body, String end) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" content="%s">
    <title>%s · Adversarial Style Mining</title>
    <style>
    %s
    %s
    </style>
    </head>
    <body>
    %s%s</body>
    </html>
    """
        .formatted(
            policy,
            Html.escape(title),
            style,
            Html.resource("/org/stylemining/report/report.css"),
            body,
            end);
  }
}
