package org.stylemining.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** conf/reference.conf and the records cannot drift apart. */
final class ReferenceTest {
  private static final Path REFERENCE = Path.of("../conf/reference.conf");

  private static Config reference() {
    return ConfigFactory.parseString(Includes.reference().text());
  }

  @Test
  void everyKeyHasAComponentAndEveryComponentAKey() {
    List<String> keys = new ArrayList<>();
    collect(reference().root(), "", keys);
    List<String> sourceKeys =
        new ArrayList<>(reference().getObject("data.source-defaults").keySet());
    // A default cannot say what kind of data set is meant.
    sourceKeys.add("type");

    assertThat(keys)
        .containsExactlyInAnyOrderElementsOf(
            Schema.keys().stream().filter(key -> !key.contains(Schema.ANY_ENTRY)).toList());
    assertThat(Schema.components(SourceSet.class).keySet())
        .containsExactlyInAnyOrderElementsOf(sourceKeys);
    List<String> customKeys =
        new ArrayList<>(reference().getObject("data.custom-defaults").keySet());
    // Nor where its images are.
    customKeys.addAll(List.of("type", "images"));
    assertThat(Schema.components(SetDefinition.class).keySet())
        .containsExactlyInAnyOrderElementsOf(customKeys);
  }

  @Test
  void theProgramHoldsTheReferenceOfTheConfFolder() throws IOException {
    assertThat(Includes.reference().text()).isEqualTo(Files.readString(REFERENCE));
  }

  @Test
  void everyKeyIsExplained() throws IOException {
    List<String> lines = Files.readAllLines(REFERENCE);
    List<String> unexplained = new ArrayList<>();
    reference().root().forEach((key, value) -> unexplained(key, value, lines, unexplained));

    assertThat(unexplained).isEmpty();
  }

  /**
   * A key of a block on one line is explained with the block, as its neighbour on the line above
   * is.
   */
  private static void unexplained(
      String path, ConfigValue value, List<String> lines, List<String> unexplained) {
    if (value instanceof ConfigObject block) {
      block.forEach((key, inner) -> unexplained(path + "." + key, inner, lines, unexplained));
      return;
    }
    int line = value.origin().lineNumber() - 1;
    while (line > 0
        && lines.get(line - 1).contains("=")
        && !lines.get(line - 1).strip().startsWith("#")) {
      line--;
    }
    if (line == 0 || lines.get(line - 1).isBlank()) {
      unexplained.add(path);
    }
  }

  private static void collect(ConfigObject block, String prefix, List<String> keys) {
    block.forEach(
        (key, value) -> {
          if (value instanceof ConfigObject inner) {
            collect(inner, prefix + key + ".", keys);
          } else {
            keys.add(prefix + key);
          }
        });
  }
}
