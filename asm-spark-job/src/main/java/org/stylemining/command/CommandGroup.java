package org.stylemining.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What commands are for, in the order in which the program's help lists them. */
enum CommandGroup {
  START("First steps", "demo", "make-demo-data", "doctor"),
  TRAIN("Training and scoring", "pretrain", "train", "watch", "evaluate", "compare"),
  USE(
      "With what was trained",
      "segment",
      "stylize",
      "report",
      "explain",
      "show",
      "tensorboard",
      "export"),
  GIVEN("Data sets, weights, settings", "datasets", "import", "config"),
  PROGRAM("The program itself", "bench", "completion", "version", "help");

  /** Commands that no group names. */
  private static final String OTHERS = "More";

  private final String title;
  private final List<String> commands;

  CommandGroup(String title, String... commands) {
    this.title = title;
    this.commands = List.of(commands);
  }

  /** Commands by the title of their group; every one is in one of them. */
  static Map<String, List<String>> of(Collection<String> commands) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    List<String> others = new ArrayList<>(commands);
    for (CommandGroup group : values()) {
      List<String> here = group.commands.stream().filter(commands::contains).toList();
      others.removeAll(here);
      if (!here.isEmpty()) {
        groups.put(group.title, here);
      }
    }
    if (!others.isEmpty()) {
      groups.put(OTHERS, List.copyOf(others));
    }
    return groups;
  }
}
