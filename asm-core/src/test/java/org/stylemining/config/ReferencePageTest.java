package org.stylemining.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/configuration.md and conf/reference.conf cannot drift apart. */
final class ReferencePageTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");

  @Test
  void thePageOfTheDocumentationIsThatOfTheReference() throws IOException {
    assertThat(PAGE)
        .as(
            "docs/configuration.md is out of date; make it anew and commit it:"
                + " bin/asm config --reference >docs/configuration.md")
        .hasContent(ReferencePage.markdown());
  }

  @Test
  void everyKeyIsThereWithWhatItMayBe() {
    String page = ReferencePage.markdown();

    for (String key : ConfigVocabulary.keys()) {
      boolean ofItsOwn = page.contains("# " + key + "\n");
      String block = key.substring(0, Math.max(0, key.lastIndexOf('.')));
      boolean withItsBlock = page.contains("# " + block + "\n\nDefault: `{ ");
      assertThat(ofItsOwn || withItsBlock).as(key).isTrue();
    }
    assertThat(page)
        .contains(
            """
            ### training.schedule

            Default: `poly`. Allowed: one of poly, step.
            """)
        .contains(
            """
            ### data.crop

            Default: `{ width = 960, height = 480 }`

            - `width`: a whole number at least 1
            """);
  }

  @Test
  void everyEntrySaysWhatItMeans() {
    String page = ReferencePage.markdown();

    List<String> bare =
        page.lines()
            .filter(line -> line.startsWith("### "))
            .filter(heading -> bare(page, heading))
            .toList();

    assertThat(bare).as("keys without a comment in conf/reference.conf").isEmpty();
  }

  /** Whether nothing but default and allowed values stand below a heading. */
  private static boolean bare(String page, String heading) {
    String entry = page.substring(page.indexOf("\n" + heading + "\n") + heading.length() + 1);
    int next = entry.indexOf("\n#");
    return entry
        .substring(0, next < 0 ? entry.length() : next)
        .lines()
        .filter(line -> !line.isBlank())
        .allMatch(line -> line.startsWith("Default: ") || line.startsWith("- `"));
  }
}
