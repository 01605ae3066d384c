package org.stylemining.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found.
 *
 * @param facts those of a group one after another
 * @param checks all that were made
 */
public record Diagnosis(List<Fact> facts, List<Check> checks) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INDENT = "  ";

  public Diagnosis {
    facts = List.copyOf(facts);
    checks = List.copyOf(checks);
  }

  /** Whether every check passed. */
  public boolean passed() {
    return checks.stream().allMatch(Check::passed);
  }

  /**
   * One fact or check a line, aligned, under its group's name; a failed check's remedy below it.
   */
  public String toText() {
    StringBuilder text = new StringBuilder();
    int width = facts.stream().mapToInt(fact -> fact.name().length()).max().orElse(0);
    String group = null;
    for (Fact fact : facts) {
      if (!fact.group().equals(group)) {
        group = fact.group();
        text.append(group).append('\n');
      }
      text.append(line(INDENT + padded(fact.name(), width) + INDENT + fact.value()));
    }
    text.append("checks\n");
    int longest = checks.stream().mapToInt(check -> check.name().length()).max().orElse(0);
    for (Check check : checks) {
      String status = check.passed() ? "ok    " : "FAILED";
      text.append(
          line(INDENT + status + INDENT + padded(check.name(), longest) + INDENT + check.found()));
      if (!check.passed()) {
        text.append(line(INDENT + " ".repeat(status.length()) + INDENT + "-> " + check.remedy()));
      }
    }
    return text.toString();
  }

  /**
   * {@code {"passed": …, "facts": {GROUP: {NAME: VALUE}}, "checks": [{"name", "passed", "found",
   * "remedy"}]}}, indented.
   */
  public String toJson() {
    Map<String, Map<String, String>> groups = new LinkedHashMap<>();
    for (Fact fact : facts) {
      groups
          .computeIfAbsent(fact.group(), name -> new LinkedHashMap<>())
          .put(fact.name(), fact.value());
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("passed", passed());
    all.put("facts", groups);
    all.put("checks", checks);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a diagnosis is always JSON", e);
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static String line(String text) {
    return text.stripTrailing() + "\n";
  }
}
