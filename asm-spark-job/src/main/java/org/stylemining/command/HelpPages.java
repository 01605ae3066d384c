package org.stylemining.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The form of what {@code --help} shows, the same for all commands. */
final class HelpPages {
  /** The end of the clause that says what a command does, before it goes into detail. */
  private static final Pattern CLAUSE = Pattern.compile("[:.](\\s|$)");

  /** Statuses of a command that names none of its own. */
  private static final Map<String, String> STATUSES = new LinkedHashMap<>();

  static {
    STATUSES.put("0", "the work was done");
    STATUSES.put("1", "any other failure");
    STATUSES.put("2", "a mistake to put right, told in one message before any work");
  }

  private HelpPages() {}

  /** Forms the help of a command and of those below it. */
  static void form(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.showDefaultValues(true);
    boolean group = !command.getSubcommands().isEmpty();
    if (!group) {
      usage.exitCodeListHeading("%nExit status:%n");
      if (usage.exitCodeList().isEmpty()) {
        usage.exitCodeList(STATUSES);
      }
    }
    usage.descriptionHeading("%n");
    usage.parameterListHeading("%n");
    usage.optionListHeading("%n");
    if (usage.footer().length > 0 && usage.footerHeading().isEmpty()) {
      usage.footerHeading("%nExample:%n");
    }
    if (group) {
      command.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
      command
          .getHelpSectionMap()
          .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpPages::commands);
    }
    command.getSubcommands().values().forEach(HelpPages::form);
  }

  /** The first clause of a command's description. */
  static String oneLine(CommandLine.Model.CommandSpec command) {
    UsageMessageSpec usage = command.usageMessage();
    String[] text = usage.header().length > 0 ? usage.header() : usage.description();
    return text.length == 0 ? "" : CLAUSE.split(text[0], 2)[0];
  }

  /** Commands by purpose, a line each. */
  private static String commands(Help help) {
    Map<String, Help> commands = help.subcommands();
    int width = commands.keySet().stream().mapToInt(String::length).max().orElse(0);
    List<String> lines = new ArrayList<>();
    groups(help)
        .forEach(
            (title, names) -> {
              lines.add("");
              lines.add(title + ":");
              for (String name : names) {
                lines.add(
                    "  %s  %s"
                        .formatted(
                            name + " ".repeat(width - name.length()),
                            oneLine(commands.get(name).commandSpec())));
              }
            });
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private static Map<String, List<String>> groups(Help help) {
    List<String> names = List.copyOf(help.subcommands().keySet());
    return help.commandSpec().parent() == null ? CommandGroup.of(names) : Map.of("Commands", names);
  }
}
