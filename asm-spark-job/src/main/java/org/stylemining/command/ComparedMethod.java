package org.stylemining.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.stylemining.config.UserMistake;

/**
 * A method that {@code compare} compares: a name, and what it sets in the configuration.
 *
 * @param name which is also its folder's
 * @param settings {@code key=value}
 */
record ComparedMethod(String name, List<String> settings) {
  private static final Map<String, List<String>> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put("source-only", List.of("training.method=source-only"));
    KNOWN.put("colour-statistics", List.of("training.method=colour-statistics"));
    for (String sampling : List.of("anchored", "random", "adversarial")) {
      KNOWN.put(sampling, List.of("training.method=asm", "mining.sampling=" + sampling));
    }
    KNOWN.put("supervised", List.of("training.method=supervised"));
  }

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /** Folders of a comparison that are no methods'. */
  private static final String GENERATORS = "rain";

  /**
   * A method by its name.
   *
   * @throws UserMistake where there is none of that name
   */
  static ComparedMethod known(String name) {
    if (!KNOWN.containsKey(name)) {
      throw new UserMistake(
          "--methods %s: expected some of %s; others are defined by --method NAME:key=value,…"
              .formatted(name, String.join(", ", KNOWN.keySet())));
    }
    return new ComparedMethod(name, KNOWN.get(name));
  }

  /**
   * A method of the user's own: {@code NAME:key=value,key=value}. Where NAME is a known method's,
   * the settings come on top of that one's.
   *
   * @throws UserMistake where it is something else
   */
  static ComparedMethod defined(String definition) {
    int colon = definition.indexOf(':');
    String name = colon < 0 ? definition : definition.substring(0, colon);
    if (colon < 0 || !NAME.matcher(name).matches() || name.equals(GENERATORS)) {
      throw new UserMistake(
          "--method %s: expected NAME:key=value,key=value with a NAME of letters, digits, '.', '_' and '-' (and not %s)"
              .formatted(definition, GENERATORS));
    }
    List<String> settings = new ArrayList<>(KNOWN.getOrDefault(name, List.of()));
    settings.addAll(parts(definition.substring(colon + 1)));
    return new ComparedMethod(name, settings);
  }

  /** Cut at the commas that are in no brackets and no quotes. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '[' || c == '{')) {
        depth++;
      } else if (!quoted && (c == ']' || c == '}')) {
        depth--;
      } else if (!quoted && depth == 0 && c == ',') {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** The settings as one line. */
  String text() {
    return String.join(" ", settings);
  }
}
