package org.stylemining.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page {@code docs/configuration.md}: every key of {@code reference.conf} with its default,
 * what is allowed, and what its comment says.
 */
public final class ReferencePage {
  private static final String HEAD =
      """
      # Configuration

      <!-- Made from conf/reference.conf. To make it anew: bin/asm config --reference >docs/configuration.md -->

      Every key with its default, what it may be, and what it means. This page is made from
      [conf/reference.conf](../conf/reference.conf) by the program; a test holds the two together.

      - An experiment is a file that begins with `include "reference.conf"` and sets what it wants otherwise
        ([HOCON](https://github.com/lightbend/config/blob/main/HOCON.md)). Those that come along are in [conf](../conf).
      - `key=value` behind a command wins over the file: `bin/asm train demo training.batch=8 --out runs/batch-8`.
      - `bin/asm config CONF [key=value…]` prints what a command would work with, and where each value was set.
      - `${?NAME}` in a file is the environment variable NAME; where that is not set, the key keeps its default.
      - Folders, images and checkpoints may be local paths or `file:`, `hdfs:` and `s3a:` URIs.
      - A key that is not on this page is a mistake, and is answered with the nearest one that is. All mistakes of a
        configuration are told at once, before any work.

      """;

  /** Lines of a comment that are a list or an example: they are set in as they stand. */
  private static final String SET_IN = "  ";

  private static final Pattern PAGE = Pattern.compile("docs/([a-z-]+\\.md)");

  private final StringBuilder text = new StringBuilder(HEAD);

  private ReferencePage() {}

  /** The page as Markdown. */
  public static String markdown() {
    Config reference = ConfigFactory.parseString(Includes.reference().text());
    ReferencePage page = new ReferencePage();
    page.contents(reference.root());
    page.block(AsmConfig.class, reference.root(), "", Allowed.ANYTHING);
    return page.text.toString().stripTrailing() + "\n";
  }

  private void contents(ConfigObject root) {
    String links =
        inOrder(AsmConfig.class, root).stream()
            .map(key -> "[" + key + "](#" + key + ")")
            .collect(Collectors.joining(" · "));
    text.append(links).append("\n\n");
  }

  private void block(Class<?> type, ConfigObject block, String prefix, Allowed inherited) {
    Map<String, RecordComponent> components = Schema.components(type);
    for (String key : inOrder(type, block)) {
      entry(prefix + key, components.get(key), block.get(key), inherited);
    }
  }

  /** Keys of a block in the order of the file. */
  private static List<String> inOrder(Class<?> type, ConfigObject block) {
    return Schema.components(type).keySet().stream()
        .filter(block::containsKey)
        .sorted(Comparator.comparingInt(key -> block.get(key).origin().lineNumber()))
        .toList();
  }

  private void entry(String key, RecordComponent component, ConfigValue value, Allowed inherited) {
    Allowed allowed = inherited.narrowedBy(component);
    text.append(key.contains(".") ? "### " : "## ").append(key).append("\n\n");
    if (value instanceof ConfigObject block && Schema.isBlock(component.getType())) {
      if (!onOneLine(block)) {
        comment(value);
        block(component.getType(), block, key + ".", allowed);
        return;
      }
      line("Default: `" + inBraces(component.getType(), block) + "`");
      parts(component.getType(), allowed);
    } else {
      line("Default: `" + shown(value) + "`. Allowed: " + allowed(allowed, component) + ".");
      if (component.getType() == List.class
          && Schema.argument(component.getGenericType()) instanceof Class<?> listed
          && Schema.isBlock(listed)) {
        parts(listed, allowed);
      }
    }
    comment(value);
  }

  /** What each key of a block that is explained as a whole may be. */
  private void parts(Class<?> block, Allowed inherited) {
    Schema.components(block)
        .forEach(
            (key, component) ->
                text.append("- `")
                    .append(key)
                    .append("`: ")
                    .append(allowed(inherited.narrowedBy(component), component))
                    .append('\n'));
    text.append('\n');
  }

  private static String allowed(Allowed allowed, RecordComponent component) {
    return escaped(allowed.describe(component.getGenericType()).replace(" and below 2^31", ""));
  }

  private void comment(ConfigValue value) {
    List<String> prose = new ArrayList<>();
    List<String> setIn = new ArrayList<>();
    for (String comment : value.origin().comments()) {
      String line = comment.startsWith(" ") ? comment.substring(1) : comment;
      if (line.startsWith(SET_IN)) {
        paragraph(prose);
        setIn.add(line.substring(SET_IN.length()));
      } else {
        code(setIn);
        prose.add(linked(escaped(line.strip())));
      }
    }
    paragraph(prose);
    code(setIn);
  }

  private void paragraph(List<String> lines) {
    if (!lines.isEmpty()) {
      line(String.join("\n", lines));
      lines.clear();
    }
  }

  private void code(List<String> lines) {
    if (!lines.isEmpty()) {
      line("```text\n" + String.join("\n", lines) + "\n```");
      lines.clear();
    }
  }

  private void line(String paragraph) {
    text.append(paragraph).append("\n\n");
  }

  private static boolean onOneLine(ConfigObject block) {
    return block.values().stream()
        .allMatch(value -> value.origin().lineNumber() == block.origin().lineNumber());
  }

  private static String inBraces(Class<?> type, ConfigObject block) {
    return Schema.components(type).keySet().stream()
        .map(key -> key + " = " + shown(block.get(key)))
        .collect(Collectors.joining(", ", "{ ", " }"));
  }

  /** A value as one would write it into a file. */
  private static String shown(ConfigValue value) {
    if (value instanceof ConfigList list) {
      return list.stream().map(ReferencePage::shown).collect(Collectors.joining(", ", "[", "]"));
    }
    boolean word =
        value.valueType() == ConfigValueType.STRING && !value.unwrapped().toString().isEmpty();
    return word
        ? value.unwrapped().toString()
        : Mistakes.text(value).replaceFirst("(?<=\\d)E(?=-?\\d)", "e");
  }

  /** Text outside of back-ticks whose signs Markdown would take for its own. */
  private static String escaped(String text) {
    String[] parts = text.split("`", -1);
    for (int i = 0; i < parts.length; i += 2) {
      parts[i] = parts[i].replaceAll("([*<]|\\b_)", "\\\\$1");
    }
    return String.join("`", parts);
  }

  private static String linked(String text) {
    return PAGE.matcher(text).replaceAll("[$1]($1)");
  }
}
