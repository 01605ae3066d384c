package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a real bash offers behind {@code bin/asm}. */
@ExtendWith(ProjectExperiments.class)
class CompletionTest {
  @TempDir static Path folder;

  @BeforeAll
  static void theScript() throws Exception {
    Answer answer = Answer.to("completion");
    assertThat(answer.status()).isZero();
    Files.writeString(folder.resolve("completion"), answer.out());
    Files.writeString(folder.resolve("photo.jpg"), "");
  }

  @Test
  void commandsAreCompleted() throws Exception {
    assertThat(offered("bin/asm", "tr")).containsExactly("train");
    assertThat(offered("bin/asm", ""))
        .contains("demo", "train", "completion")
        .doesNotContain("step");
    assertThat(offered("bin/asm", "bench", "s")).containsExactlyInAnyOrder("step", "sync");
    assertThat(offered("bin/asm", "datasets", "")).contains("check", "pack");
  }

  @Test
  void configurationsAreCompletedAndThenKeysAndTheirWords() throws Exception {
    assertThat(offered("bin/asm", "train", "mnist-to-u"))
        .containsExactlyInAnyOrder("mnist-to-usps", "mnist-to-usps-small");
    assertThat(offered("bin/asm", "train", "demo", "mining.s"))
        .containsExactlyInAnyOrder("mining.sampling=", "mining.step=", "mining.step-size=");
    assertThat(offered("bin/asm", "train", "demo", "mining.sampling", "=", "an"))
        .containsExactly("anchored");
    assertThat(offered("bin/asm", "train", "demo", "data.mirror", "="))
        .containsExactlyInAnyOrder("true", "false");
    assertThat(offered("bin/asm", "train", "demo", "mining.sampling=ad"))
        .as("by a shell that does not part words at =")
        .containsExactly("mining.sampling=adversarial");
  }

  @Test
  void optionsAreCompletedWithWhatTheyMayBe() throws Exception {
    assertThat(offered("bin/asm", "train", "demo", "--r")).containsExactly("--resume");
    assertThat(offered("bin/asm", "stylize", "demo", "--sampling", "r")).containsExactly("random");
    assertThat(offered("bin/asm", "stylize", "demo", "--sampling", "=", "r"))
        .containsExactly("random");
    assertThat(offered("bin/asm", "import", "--kind", "seg")).containsExactly("segmentor");
    assertThat(offered("bin/asm", "datasets", "pack", "--format", "p")).containsExactly("parquet");
    assertThat(offered("bin/asm", "stylize", "demo", "--content", "pho"))
        .containsExactly("photo.jpg");
  }

  @Test
  void sparksOptionsComeBeforeTheCommand() throws Exception {
    assertThat(offered("bin/asm", "--num")).containsExactly("--num-executors");
    assertThat(offered("bin/asm", "--master", "yarn", "--conf", "a.b", "=", "c", "tra"))
        .containsExactly("train");
    assertThat(offered("bin/asm", "--master", "yarn", "train", "de")).containsExactly("demo");
    assertThat(offered("bin/asm", "--master", "y")).isEmpty();
  }

  @Test
  void aFolderThatIsCalledLikeACommandIsNoCommand() throws Exception {
    assertThat(offered("bin/asm", "train", "demo", "--out", "report", "--r"))
        .containsExactly("--resume");
    assertThat(offered("bin/asm", "evaluate", "demo", "--checkpoint", "train", "--o"))
        .containsExactly("--out");
  }

  @Test
  void bashCallsItForTheProgramUnderAnyPath() throws Exception {
    assertThat(bash("complete -p asm")).containsExactly("complete -o default -F _asm asm");
  }

  /** What is offered for the last word. */
  private static List<String> offered(String... words) throws Exception {
    StringBuilder typed = new StringBuilder("COMP_WORDS=(");
    for (String word : words) {
      typed.append('\'').append(word).append("' ");
    }
    return bash(
        typed
            + ") COMP_CWORD="
            + (words.length - 1)
            + "; COMP_LINE=\"${COMP_WORDS[*]}\"; _asm; printf '%s\\n' \"${COMPREPLY[@]}\"");
  }

  private static List<String> bash(String commands) throws Exception {
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", "source ./completion; " + commands)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return said.lines().filter(line -> !line.isEmpty()).toList();
  }
}
