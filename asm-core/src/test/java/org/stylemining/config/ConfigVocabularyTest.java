package org.stylemining.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfigVocabularyTest {
  @Test
  void knowsKeysAndTheWordsThatTheyMayBeSetTo() {
    assertThat(ConfigVocabulary.keys())
        .contains("seed", "data.crop.width", "data.sources")
        .doesNotContain("data.crop")
        .noneMatch(key -> key.contains("["));
    assertThat(ConfigVocabulary.words())
        .containsEntry("mining.sampling", List.of("adversarial", "anchored", "random"))
        .containsEntry("data.mirror", List.of("true", "false"))
        .doesNotContainKey("seed");
  }
}
