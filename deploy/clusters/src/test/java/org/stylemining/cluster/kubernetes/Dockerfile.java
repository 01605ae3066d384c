package org.stylemining.cluster.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Dockerfile's instructions: comments left out, continued lines joined.
 *
 * @param file where it lies
 * @param instructions in their order
 */
record Dockerfile(Path file, List<Instruction> instructions) {
  private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  /**
   * One instruction.
   *
   * @param line of its beginning, from 1
   * @param name such as {@code FROM}
   * @param arguments the rest
   */
  record Instruction(int line, String name, String arguments) {
    /** The words of a JSON array. */
    List<String> words() {
      Matcher matcher = WORD.matcher(arguments);
      return Stream.iterate(matcher.find(), found -> found, found -> matcher.find())
          .map(found -> matcher.group(1))
          .toList();
    }
  }

  static Dockerfile read(Path file) throws IOException {
    List<Instruction> instructions = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int begin = 0;
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      begin = text.isEmpty() ? number : begin;
      boolean goesOn = line.endsWith("\\");
      text.append(goesOn ? line.substring(0, line.length() - 1) : line).append(' ');
      if (!goesOn) {
        String[] parts = text.toString().strip().split("\\s+", 2);
        instructions.add(new Instruction(begin, parts[0], parts.length > 1 ? parts[1] : ""));
        text.setLength(0);
      }
    }
    return new Dockerfile(file, List.copyOf(instructions));
  }

  List<Instruction> all(String name) {
    return instructions.stream().filter(instruction -> instruction.name().equals(name)).toList();
  }

  /** The last stage, which is the image. */
  Dockerfile image() {
    Instruction from = all("FROM").get(all("FROM").size() - 1);
    return new Dockerfile(
        file, instructions.subList(instructions.indexOf(from), instructions.size()));
  }

  /** The last instruction of a name. */
  Instruction last(String name) {
    List<Instruction> all = all(name);
    if (all.isEmpty()) {
      throw new AssertionError(file + ": expected an instruction " + name);
    }
    return all.get(all.size() - 1);
  }

  /** What {@code ENV} sets. */
  Map<String, String> environment() {
    Map<String, String> variables = new TreeMap<>();
    for (Instruction instruction : all("ENV")) {
      for (String pair : instruction.arguments().split("\\s+")) {
        String[] parts = pair.split("=", 2);
        variables.put(parts[0], parts[1]);
      }
    }
    return variables;
  }
}
