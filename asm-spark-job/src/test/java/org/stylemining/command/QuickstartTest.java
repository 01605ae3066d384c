package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * docs/quickstart.md, typed: its commands in their order, with its configuration, in a folder of
 * the test's own and with fewer updates.
 */
@ExtendWith(LocalSpark.class)
@ExtendWith(ProjectExperiments.class)
class QuickstartTest {
  private static final List<String> SMALLER =
      List.of(
          "training.updates=4",
          "training.warm-up=0",
          "training.batch=2",
          "cluster.sync-every=2",
          "style.pretrain.iterations=4",
          "style.pretrain.batch=2",
          "style.pretrain.bank={size=40,iterations=10,batch=8}",
          "style.pretrain.encoder-training={iterations=4,batch=2}");

  @TempDir Path folder;

  @Test
  void leadsToAReportAndToLabels() throws Exception {
    Page page = Page.of("docs/quickstart.md");
    Files.createSymbolicLink(folder.resolve("conf"), Page.ROOT.resolve("conf"));
    List<String> done = new ArrayList<>();
    for (Page.CodeBlock block : page.blocks()) {
      if (block.language().equals("hocon")) {
        Files.writeString(
            folder.resolve("streets.conf"), block.text().replace("data/", folder + "/data/"));
        continue;
      }
      for (WrittenCommand command : WrittenCommand.in(block.text())) {
        Answer answer = Answer.to(here(command.withoutSpark()));
        assertThat(answer.status()).as("%s%n%s", command, answer.err()).isZero();
        done.add(command.withoutSpark().get(0));
      }
    }

    assertThat(done)
        .containsSubsequence(
            "demo", "datasets", "pretrain", "train", "evaluate", "report", "segment", "completion");
    assertThat(folder.resolve("runs/demo/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("runs/streets/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("runs/labels/_SUCCESS")).exists();
  }

  /** A command's words, with paths in the test's folder, and smaller. */
  private String[] here(List<String> words) {
    Stream<String> moved =
        words.stream()
            .map(
                word ->
                    word.replaceFirst("(?<=^|=)(?=(data|runs)/|streets\\.conf$)", folder + "/"));
    ParseResult parsed = Commands.line().parseArgs(words.toArray(String[]::new));
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    return Stream.concat(
            moved, takesSettings(parsed.commandSpec()) ? SMALLER.stream() : Stream.of())
        .toArray(String[]::new);
  }

  private static boolean takesSettings(CommandSpec command) {
    return command.positionalParameters().stream()
        .anyMatch(parameter -> parameter.paramLabel().equals("key=value"));
  }
}
