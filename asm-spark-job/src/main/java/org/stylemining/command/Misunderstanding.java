package org.stylemining.command;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.stylemining.config.ConfigVocabulary;
import org.stylemining.config.NearestWord;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells what is wrong with a command line, what was probably meant, and where more is told: two or
 * three lines, not the whole help.
 */
final class Misunderstanding implements IParameterExceptionHandler {
  private static final Pattern WORDS =
      Pattern.compile("expected one of \\[(.*)] \\(case-insensitive\\) but was '(.*)'");

  @Override
  public int handleParseException(ParameterException mistake, String[] words) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    boolean noCommand =
        !(mistake instanceof UnmatchedArgumentException) && !command.getSubcommands().isEmpty();
    String message =
        unknownOption(command, words)
            .map(option -> aboutOption(command, option))
            .orElseGet(() -> about(mistake, command));
    err.println(message.startsWith("asm") ? message : "asm: " + message);
    if (noCommand) {
      command.usage(err);
    } else {
      err.println(command.getCommandSpec().qualifiedName() + " --help tells more");
    }
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /**
   * The first word that looks like an option and is none of the command's. It comes before all
   * else: an option that is missing is often one that was misspelt.
   */
  private static Optional<String> unknownOption(CommandLine command, String[] words) {
    Map<String, ?> known = command.getCommandSpec().optionsMap();
    List<String> all = Arrays.asList(words);
    int from = all.indexOf(command.getCommandName()) + 1;
    boolean group = !command.getSubcommands().isEmpty();
    return all.subList(from, all.size()).stream()
        // What stands behind a command that there is not, would be that command's.
        .takeWhile(word -> !group || word.startsWith("-"))
        .filter(word -> word.matches("--[A-Za-z].*"))
        .map(word -> word.contains("=") ? word.substring(0, word.indexOf('=')) : word)
        .filter(option -> !known.containsKey(option))
        .findFirst();
  }

  private static String aboutOption(CommandLine command, String option) {
    String name = command.getCommandSpec().qualifiedName();
    Optional<String> nearest =
        NearestWord.to(option, command.getCommandSpec().optionsMap().keySet());
    if (SparkOptions.has(option) && nearest.isEmpty()) {
      return "%s is an option of Spark's, which stand before the command: bin/asm %s … %s …"
          .formatted(option, option, name.substring("asm".length()).strip());
    }
    String key = option.substring(2);
    if (ConfigVocabulary.keys().contains(key)) {
      return "keys of the configuration are given without dashes: %s=…".formatted(key);
    }
    return "%s has no option %s".formatted(name, option) + didYouMean(nearest);
  }

  private static String about(ParameterException mistake, CommandLine command) {
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      if (command.getSubcommands().isEmpty()) {
        return "%s does not know what to do with %s"
            .formatted(command.getCommandSpec().qualifiedName(), word);
      }
      return "%s has no command %s".formatted(command.getCommandSpec().qualifiedName(), word)
          + didYouMean(NearestWord.to(word, command.getSubcommands().keySet()));
    }
    if (mistake instanceof MissingParameterException missing) {
      return "%s needs %s; that is not given"
          .formatted(
              command.getCommandSpec().qualifiedName(),
              missing.getMissing().stream()
                  .map(Misunderstanding::shown)
                  .collect(Collectors.joining(", ")));
    }
    Matcher allowed = WORDS.matcher(mistake.getMessage());
    if (allowed.find()) {
      String words = allowed.group(1).toLowerCase(Locale.ROOT);
      return mistake.getMessage().substring(0, allowed.start())
          + "expected one of %s, found %s".formatted(words, allowed.group(2))
          + didYouMean(NearestWord.to(allowed.group(2), List.of(words.split(", ", -1))));
    }
    return mistake.getMessage();
  }

  private static String shown(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + "=" + option.paramLabel()
        : argument.paramLabel();
  }

  private static String didYouMean(Optional<String> nearest) {
    return nearest.map(word -> ". Did you mean %s?".formatted(word)).orElse("");
  }
}
