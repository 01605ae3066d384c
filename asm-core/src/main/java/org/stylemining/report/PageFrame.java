package org.stylemining.report;

/** What is around a page: one HTML file that may load nothing from anywhere. */
final class PageFrame {
  private PageFrame() {}

  /**
   * A whole page.
   *
   * @param title of the window
   * @param style besides that of all pages; may be empty
   * @param body header and main part
   * @param script at the end; may be empty
   */
  static String of(String title, String style, String body, String script) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'%s">
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
            script.isEmpty() ? "" : "; script-src 'unsafe-inline'",
            Html.escape(title),
            style,
            Html.resource("/org/stylemining/report/report.css"),
            body,
            script.isEmpty() ? "" : "<script>\n%s\n</script>\n".formatted(script));
  }
}
