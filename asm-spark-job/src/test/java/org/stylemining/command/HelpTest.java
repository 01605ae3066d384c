package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code --help} shows. */
class HelpTest {
  /** All commands but the help itself, those of groups as two words. */
  static List<String> commands() {
    List<String> commands = new ArrayList<>();
    Commands.line()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              if (command.getSubcommands().isEmpty()) {
                commands.add(name);
              }
              command.getSubcommands().keySet().forEach(below -> commands.add(name + " " + below));
            });
    commands.remove("help");
    return commands;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void tellsHowACommandIsUsedAndWhatItsStatusesMean(String command) {
    String help = help(command);

    assertThat(help).startsWith("Usage: asm " + command).contains("\nExit status:\n  0 ", "\n  2 ");
    assertThat(HelpPages.oneLine(spec(command).getCommandSpec())).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theProgramUnderstandsItsOwnExamples(String command) {
    String examples = String.join("\n", spec(command).getCommandSpec().usageMessage().footer());

    assertThat(WrittenCommand.in(examples))
        .allSatisfy(
            example -> {
              assertThat(String.join(" ", example.withoutSpark())).startsWith(command);
              assertThatCode(example::parse).as(example.toString()).doesNotThrowAnyException();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "make-demo-data",
        "pretrain",
        "train",
        "evaluate",
        "compare",
        "segment",
        "stylize",
        "report",
        "config",
        "datasets check",
        "datasets pack",
        "import",
        "export",
        "doctor",
        "bench step",
        "bench ops",
        "bench sync",
        "bench feed",
        "completion",
        "version"
      })
  void showsAnExample(String command) {
    assertThat(help(command))
        .contains("\nExample:\n  ")
        .as("in lines that fit")
        .contains(spec(command).getCommandSpec().usageMessage().footer());
    assertThat(
            WrittenCommand.in(
                String.join("\n", spec(command).getCommandSpec().usageMessage().footer())))
        .isNotEmpty();
  }

  @Test
  void listsEveryCommandOnALineByItsPurpose() {
    List<String> lines = Answer.to("--help").out().lines().toList();

    for (String command : Commands.line().getSubcommands().keySet()) {
      assertThat(lines)
          .as(command)
          .filteredOn(line -> line.startsWith("  " + command + " "))
          .hasSize(1);
    }
    assertThat(lines)
        .containsSubsequence("First steps:", "Training and scoring:", "The program itself:")
        .allMatch(line -> line.length() <= 120);
  }

  @Test
  void aCommandThatNoGroupNamesIsListedAllTheSame() {
    assertThat(CommandGroup.of(List.of("train", "dance")))
        .containsEntry("More", List.of("dance"))
        .hasSize(2);
  }

  @Test
  void tellsDefaults() {
    assertThat(help("compare")).contains("Default: 2000");
    assertThat(help("bench step")).contains("Default: resnet101");
    assertThat(help("stylize")).contains("Default: anchored");
  }

  private static String help(String command) {
    Answer answer = Answer.to((command + " --help").split(" ", -1));
    assertThat(answer.status()).isZero();
    return answer.out();
  }

  private static CommandLine spec(String command) {
    CommandLine line = Commands.line();
    for (String name : command.split(" ", -1)) {
      line = line.getSubcommands().get(name);
    }
    return line;
  }
}
