package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.ConfigVocabulary;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command of {@code bin/asm} as a page shows it.
 *
 * @param words behind {@code bin/asm}
 */
record WrittenCommand(List<String> words) {
  private static final Pattern PROGRAM = Pattern.compile("(.*/)?bin/asm");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*=.*", Pattern.DOTALL);

  /** What stands for something else: a word in capitals, something optional, or left out. */
  private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z]+|\\[.*|.*(…|\\.\\.\\.).*");

  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
  private static final Set<String> OWN = Set.of("--help", "--version");
  private static final Pattern SETTING = Pattern.compile("([a-z][a-z.-]*\\.[a-z.-]+)=.*");
  private static final Pattern EXPERIMENT = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /** Lines that go on: with a backslash, or set in before a further part of a synopsis. */
  private static final Pattern GOES_ON = Pattern.compile("\\s*\\\\\\R\\s*|\\R\\s+(?=[\\[-])");

  WrittenCommand {
    words = List.copyOf(words);
  }

  /**
   * The commands in a block of code. Where it has lines with a prompt, {@code $ }, the others are
   * answers.
   */
  static List<WrittenCommand> in(String code) {
    boolean prompts = code.lines().anyMatch(line -> line.startsWith("$ "));
    List<WrittenCommand> commands = new ArrayList<>();
    GOES_ON
        .matcher(code)
        .replaceAll(" ")
        .lines()
        .filter(line -> !prompts || line.startsWith("$ "))
        .map(line -> prompts ? line.substring(2) : line)
        .forEach(line -> commands.addAll(ofLine(line)));
    return commands;
  }

  private static List<WrittenCommand> ofLine(String line) {
    List<WrittenCommand> commands = new ArrayList<>();
    for (List<String> words : ShellLine.commands(line)) {
      int program = 0;
      while (program < words.size() && VARIABLE.matcher(words.get(program)).matches()) {
        program++;
      }
      if (program < words.size() && PROGRAM.matcher(words.get(program)).matches()) {
        commands.add(new WrittenCommand(words.subList(program + 1, words.size())));
      }
    }
    return commands;
  }

  /** Whether it can be typed as it stands. */
  boolean isWhole() {
    return words.stream().noneMatch(word -> PLACEHOLDER.matcher(word).matches());
  }

  /** The command and its words, without Spark's options. */
  List<String> withoutSpark() {
    return words.subList(SparkOptions.before(words), words.size());
  }

  /**
   * Reads the command as the program does, with its configuration, and does nothing.
   *
   * @throws RuntimeException with what is wrong
   */
  void parse() {
    CommandLine line = Commands.line();
    ParseResult parsed = line.parseArgs(withoutSpark().toArray(String[]::new));
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    if (parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested()) {
      return;
    }
    List<String> settings = new ArrayList<>();
    Optional<String> conf = Optional.empty();
    for (ArgSpec argument : parsed.matchedArgs()) {
      List<String> given = argument.originalStringValues();
      switch (argument.paramLabel()) {
        case "CONF" -> conf = Optional.of(given.get(0));
        case "key=value" -> settings.addAll(given);
        case "NAME:key=value[,key=value…]" ->
            given.forEach(method -> settings.addAll(ComparedMethod.defined(method).settings()));
        default -> {}
      }
    }
    if (conf.isEmpty() && parsed.commandSpec().name().equals("demo")) {
      conf = Optional.of("demo");
    }
    if (conf.isPresent()) {
      read(conf.get(), settings);
    }
  }

  /** A file of the reader's own is taken for one that sets nothing. */
  private static void read(String conf, List<String> settings) {
    if (conf.endsWith(".conf")) {
      ConfigReader.parse("include \"reference.conf\"", conf, settings);
    } else {
      ConfigReader.read(Page.ROOT.resolve("conf/" + conf + ".conf").toString(), settings);
    }
  }

  /**
   * Checks what can be checked of a command that cannot be typed as it stands: the command, its
   * options, keys and the name of its configuration.
   */
  void check() {
    List<String> plain =
        words.stream().map(word -> word.replaceAll("^[\\[(]+|[\\])…]+$", "")).toList();
    CommandSpec spec = Commands.line().getCommandSpec();
    int place = 0;
    while (place < plain.size() && !spec.subcommands().containsKey(plain.get(place))) {
      String word = plain.get(place);
      assertThat(
              SparkOptions.has(word.replaceFirst("=.*", ""))
                  || OWN.contains(word)
                  || PLACEHOLDER.matcher(words.get(place)).matches()
                  || word.endsWith("OPTIONS")
                  || (place > 0 && plain.get(place - 1).startsWith("-")))
          .as("%s: %s is a command, or one of Spark's options", this, word)
          .isTrue();
      place++;
    }
    if (place == plain.size()) {
      return;
    }
    spec = spec.subcommands().get(plain.get(place)).getCommandSpec();
    List<String> rest = plain.subList(place + 1, plain.size());
    List<CommandSpec> meant = List.of(spec);
    if (!spec.subcommands().isEmpty() && !rest.isEmpty() && !rest.get(0).startsWith("-")) {
      List<String> names = Arrays.asList(rest.get(0).split("\\|", -1));
      assertThat(spec.subcommands().keySet()).as(toString()).containsAll(names);
      CommandSpec group = spec;
      meant = names.stream().map(name -> group.subcommands().get(name).getCommandSpec()).toList();
      rest = rest.subList(1, rest.size());
    }
    for (CommandSpec command : meant) {
      checkRest(command, rest);
    }
  }

  private void checkRest(CommandSpec command, List<String> rest) {
    assertThat(command.optionsMap().keySet())
        .as(toString())
        .containsAll(
            OPTION.matcher(String.join(" ", rest)).results().map(MatchResult::group).toList());
    List<String> keys = ConfigVocabulary.keys();
    rest.stream()
        .map(SETTING::matcher)
        .filter(setting -> setting.matches())
        .map(setting -> setting.group(1))
        .forEach(
            key ->
                assertThat(keys)
                    .as("%s: %s", this, key)
                    .anyMatch(known -> known.equals(key) || known.startsWith(key + ".")));
    boolean configured =
        command.positionalParameters().stream()
            .anyMatch(parameter -> parameter.paramLabel().equals("CONF"));
    if (configured && !rest.isEmpty() && EXPERIMENT.matcher(rest.get(0)).matches()) {
      Path conf = Page.ROOT.resolve("conf/" + rest.get(0) + ".conf");
      assertThat(Files.exists(conf)).as("%s: %s", this, conf).isTrue();
    }
  }

  @Override
  public String toString() {
    return "bin/asm " + String.join(" ", words);
  }
}
