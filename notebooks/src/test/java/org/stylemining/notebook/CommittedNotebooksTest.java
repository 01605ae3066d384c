package org.stylemining.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The notebooks as a reader finds them, without a kernel. */
class CommittedNotebooksTest {
  private static final int MOST_BYTES = 2_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"01-quickstart", "02-mined-styles", "03-compare-runs"})
  void holdTheOutputsOfOneRunFromTopToBottom(String name) throws IOException {
    JsonNode notebook = read(name);
    int count = 0;
    int pictures = 0;
    for (JsonNode cell : notebook.path("cells")) {
      if (cell.path("cell_type").asText().equals("code")) {
        assertThat(cell.path("execution_count").asInt())
            .as(cell.path("id").asText())
            .isEqualTo(++count);
        for (JsonNode output : cell.path("outputs")) {
          assertThat(output.path("output_type").asText()).isNotEqualTo("error");
          pictures += output.path("data").has("image/png") ? 1 : 0;
        }
      }
    }
    assertThat(pictures).as("pictures").isGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01-quickstart", "02-mined-styles", "03-compare-runs"})
  void tellNothingOfTheMachineTheyRanOn(String name) throws IOException {
    Path file = Path.of(name + ".ipynb");

    assertThat(Files.size(file)).isLessThan(MOST_BYTES);
    assertThat(read(name).path("metadata").path("kernelspec").path("name").asText())
        .isEqualTo("asm-java");
    for (JsonNode cell : read(name).path("cells")) {
      for (JsonNode output : cell.path("outputs")) {
        List<String> texts =
            List.of(
                output.path("text").toString(), output.path("data").path("text/plain").toString());
        assertThat(texts).noneMatch(text -> text.contains("file:/") || text.contains(" /"));
      }
    }
  }

  private static JsonNode read(String name) throws IOException {
    return new ObjectMapper().readTree(Path.of(name + ".ipynb").toFile());
  }
}
