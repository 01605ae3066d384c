package org.stylemining.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads arguments {@code key=value}. */
final class Overrides {
  /** Values that HOCON is asked to read; all others are text as they stand, such as URIs. */
  private static final Pattern HOCON =
      Pattern.compile(
          "(?s)\\s*([\\[{\"].*|.*\\$\\{.*|true|false|null|[-+]?\\.?\\d[-+.\\deE]*)\\s*");

  private Overrides() {}

  /** All arguments in one tree, later ones over earlier ones; mistakes are noted and left out. */
  static Config read(List<String> arguments, Mistakes mistakes) {
    Config overrides = ConfigFactory.empty();
    for (String argument : arguments) {
      try {
        overrides = read(argument).withFallback(overrides);
      } catch (ConfigException e) {
        mistakes.add(
            Origins.argument(argument)
                + ": expected key=value, such as training.batch=4 ("
                + e.getMessage().replaceAll("\\s+", " ")
                + ")");
      }
    }
    return overrides;
  }

  private static Config read(String argument) {
    String origin = Origins.argument(argument);
    int equals = argument.indexOf('=');
    if (equals <= 0) {
      throw new ConfigException.Generic(equals < 0 ? "no =" : "no key");
    }
    List<String> path = ConfigUtil.splitPath(argument.substring(0, equals));
    ConfigValue value = value(argument.substring(equals + 1), origin);
    for (int i = path.size() - 1; i >= 0; i--) {
      value = ConfigValueFactory.fromMap(Map.of(path.get(i), value), origin);
    }
    return ((ConfigObject) value).toConfig();
  }

  private static ConfigValue value(String text, String origin) {
    if (!HOCON.matcher(text).matches()) {
      return ConfigValueFactory.fromAnyRef(text, origin);
    }
    ConfigObject parsed =
        ConfigFactory.parseString(
                "value = " + text, ConfigParseOptions.defaults().setOriginDescription(origin))
            .root();
    if (parsed.size() != 1) {
      throw new ConfigException.Generic("more than one value");
    }
    return parsed.get("value");
  }
}
