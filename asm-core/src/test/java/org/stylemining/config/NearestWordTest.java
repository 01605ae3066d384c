package org.stylemining.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestWordTest {
  private static final List<String> COMMANDS = List.of("train", "pretrain", "segment", "stylize");

  @Test
  void aWordWithExchangedOrMissingLettersIsKnownAgain() {
    assertThat(NearestWord.to("trian", COMMANDS)).contains("train");
    assertThat(NearestWord.to("segmnt", COMMANDS)).contains("segment");
    assertThat(NearestWord.to("stylise", COMMANDS)).contains("stylize");
  }

  @Test
  void nothingIsGuessedForAWordThatIsLikeNone() {
    assertThat(NearestWord.to("version", COMMANDS)).isEmpty();
    assertThat(NearestWord.to("train", List.of())).isEmpty();
  }
}
