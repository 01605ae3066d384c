package org.stylemining.command;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.stylemining.config.ConfigVocabulary;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The script behind {@code asm completion}: picocli's own for a model of the commands in which
 * every parameter's label says what fits there, and a function around it for what picocli does not
 * know.
 */
final class Completion {
  private static final String NAME = "asm";
  private static final String CONFIGURATION = "CONF";
  private static final String SETTING = "key=value";
  private static final String COMMAND = "COMMAND";
  private static final Set<String> FILES = Set.of("DIR", "PATH", "FILE", "IMAGE");

  /** Labels such as {@code anchored|random|mean}. */
  private static final Pattern WORDS = Pattern.compile("[a-z0-9-]+(\\|[a-z0-9-]+)+");

  private Completion() {}

  /** The script for the commands of a command line. */
  static String script(CommandLine line) {
    return AutoComplete.bash(NAME, new CommandLine(model(line.getCommandSpec()))) + around(line);
  }

  private static CommandSpec model(CommandSpec command) {
    CommandSpec model = CommandSpec.create().name(command.name());
    for (OptionSpec option : command.options()) {
      OptionSpec.Builder builder =
          OptionSpec.builder(option.names())
              .arity(option.arity())
              .paramLabel(option.paramLabel())
              .type(type(option));
      List<String> words = words(option, command);
      model.addOption((words.isEmpty() ? builder : builder.completionCandidates(words)).build());
    }
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      PositionalParamSpec.Builder builder =
          PositionalParamSpec.builder()
              .index(parameter.index())
              .arity(parameter.arity())
              .paramLabel(parameter.paramLabel())
              .type(type(parameter));
      List<String> words = words(parameter, command);
      model.addPositional(
          (words.isEmpty() ? builder : builder.completionCandidates(words)).build());
    }
    command
        .subcommands()
        .forEach((name, below) -> model.addSubcommand(name, model(below.getCommandSpec())));
    return model;
  }

  private static Class<?> type(ArgSpec parameter) {
    if (parameter.arity().max() == 0) {
      return boolean.class;
    }
    return FILES.contains(parameter.paramLabel()) ? File.class : String.class;
  }

  /** What may stand at a parameter's place, where it can be listed. */
  private static List<String> words(ArgSpec parameter, CommandSpec command) {
    String label = parameter.paramLabel();
    Class<?> type = parameter.type().isEnum() ? parameter.type() : parameter.auxiliaryTypes()[0];
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
          .toList();
    }
    if (WORDS.matcher(label).matches()) {
      return List.of(label.split("\\|", -1));
    }
    return switch (label) {
      case CONFIGURATION -> ConfigVocabulary.experiments();
      case SETTING -> ConfigVocabulary.keys().stream().map(key -> key + "=").toList();
      case COMMAND -> List.copyOf(command.root().subcommands().keySet());
      default -> List.of();
    };
  }

  /** The function that the shell calls, filled in. */
  private static String around(CommandLine line) {
    String groups =
        line.getSubcommands().entrySet().stream()
            .filter(command -> !command.getValue().getSubcommands().isEmpty())
            .map(command -> command.getKey())
            .collect(Collectors.joining(" "));
    String values =
        ConfigVocabulary.words().entrySet().stream()
            .map(
                key ->
                    "    %s) words='%s' ;;%n"
                        .formatted(key.getKey(), String.join(" ", key.getValue())))
            .collect(Collectors.joining());
    return template()
        .replace("@SWITCHES@", String.join(" | ", SparkOptions.SWITCHES.stream().sorted().toList()))
        .replace(
            "@OPTIONS@",
            Stream.concat(SparkOptions.all().stream(), Stream.of("--help", "--version"))
                .filter(option -> option.startsWith("--"))
                .collect(Collectors.joining(" ")))
        .replace("@GROUPS@", groups)
        .replace("    @VALUES@\n", values);
  }

  private static String template() {
    try (InputStream in = Completion.class.getResourceAsStream("completion.bash")) {
      if (in == null) {
        throw new IllegalStateException("completion.bash is missing beside " + Completion.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
