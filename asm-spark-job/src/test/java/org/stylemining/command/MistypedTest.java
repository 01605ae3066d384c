package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is answered to a word that is nearly right. */
@ExtendWith(ProjectExperiments.class)
class MistypedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trian demo --out x                            | asm has no command trian. Did you mean train?
          bench setp                                    | asm bench has no command setp. Did you mean step?
          datasets chekc demo                           | asm datasets has no command chekc. Did you mean check?
          evaluate demo --chekpoint x --out y           | asm evaluate has no option --chekpoint. Did you mean --checkpoint?
          train demo --out x --resme                    | asm train has no option --resme. Did you mean --resume?
          train demo --out x --dance                    | asm train has no option --dance
          train demo --out x --training.updates=3       | keys of the configuration are given without dashes: training.updates=…
          train demo --out x --master yarn              | --master is an option of Spark's, which stand before the command: bin/asm --master … train …
          stylize demo --content a --target b --out c --sampling anchord | expected one of anchored, random, mean, found anchord. Did you mean anchored?
          report x y                                    | asm report does not know what to do with y
          train demo                                    | asm train needs --out=DIR; that is not given
          """)
  void isAnsweredWithWhatWasMeant(String words, String answer) {
    Answer asm = Answer.to(words.split(" ", -1));

    assertThat(asm.status()).isEqualTo(2);
    assertThat(asm.err()).contains(answer).contains(" --help tells more").doesNotContain("Usage:");
    assertThat(asm.err().lines()).hasSize(2);
  }

  @Test
  void aMistypedExperimentIsAnsweredWithTheNearestOne() {
    Answer asm = Answer.to("train", "mnist-to-ups", "--out", "x");

    assertThat(asm.status()).isEqualTo(2);
    assertThat(asm.err())
        .contains("No such configuration: mnist-to-ups.")
        .contains("The nearest experiment is mnist-to-usps.")
        .contains("Experiments in ");
  }
}
