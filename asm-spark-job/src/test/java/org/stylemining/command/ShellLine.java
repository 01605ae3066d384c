package org.stylemining.command;

import java.util.ArrayList;
import java.util.List;

/** A line for a shell, cut into commands and words: as far as pages need it. */
final class ShellLine {
  private final String line;
  private final List<List<String>> commands = new ArrayList<>();
  private List<String> words = new ArrayList<>();
  private StringBuilder word = new StringBuilder();
  private boolean inWord;

  private ShellLine(String line) {
    this.line = line;
  }

  /**
   * The words of each command in a line: those between the signs that part commands. A bar that
   * touches a word is a part of it, since a synopsis has such.
   */
  static List<List<String>> commands(String line) {
    ShellLine shell = new ShellLine(line);
    shell.read();
    return shell.commands;
  }

  private void read() {
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (c == '\'' || c == '"') {
        int end = line.indexOf(c, i + 1);
        end = end < 0 ? line.length() : end;
        word.append(line, i + 1, end);
        inWord = true;
        i = end;
      } else if (c == '\\' && i + 1 < line.length()) {
        word.append(line.charAt(i + 1));
        inWord = true;
        i++;
      } else if (c == '#' && !inWord) {
        break;
      } else if (Character.isWhitespace(c)) {
        endWord();
      } else if (partsCommands(i)) {
        endCommand();
      } else {
        word.append(c);
        inWord = true;
      }
      i++;
    }
    endCommand();
  }

  private boolean partsCommands(int i) {
    char c = line.charAt(i);
    boolean alone =
        (i == 0 || Character.isWhitespace(line.charAt(i - 1)))
            && (i + 1 == line.length() || Character.isWhitespace(line.charAt(i + 1)));
    boolean substitution = c == '(' && i > 0 && "<$".indexOf(line.charAt(i - 1)) >= 0;
    return ";&<>)".indexOf(c) >= 0 || substitution || (c == '|' && alone);
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
    }
    word = new StringBuilder();
    inWord = false;
  }

  private void endCommand() {
    endWord();
    if (!words.isEmpty()) {
      commands.add(words);
    }
    words = new ArrayList<>();
  }
}
