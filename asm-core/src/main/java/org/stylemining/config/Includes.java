package org.stylemining.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Parses configuration files with what they include. An included file is looked for beside the one
 * that includes it; {@code reference.conf} is in the program too.
 */
final class Includes implements ConfigIncluder {
  static final String REFERENCE = "reference.conf";

  private final ConfigFile includer;
  private final List<String> chain;
  private final Configuration hadoop;

  private Includes(ConfigFile includer, List<String> chain, Configuration hadoop) {
    this.includer = includer;
    this.chain = chain;
    this.hadoop = hadoop;
  }

  /** The tree of a file, substitutions not yet resolved. */
  static Config parse(ConfigFile file, Configuration hadoop) {
    return parse(file, List.of(), hadoop);
  }

  /** The program's own reference.conf. */
  static ConfigFile reference() {
    try (InputStream in = Includes.class.getResourceAsStream(REFERENCE)) {
      if (in == null) {
        throw new IllegalStateException(REFERENCE + " is missing beside " + Includes.class);
      }
      return new ConfigFile(REFERENCE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Config parse(ConfigFile file, List<String> above, Configuration hadoop) {
    List<String> chain = new ArrayList<>(above);
    chain.add(file.name());
    if (above.contains(file.name())) {
      throw new ConfigException.Generic("Files include each other: " + String.join(" > ", chain));
    }
    return ConfigFactory.parseString(
        file.text(),
        ConfigParseOptions.defaults()
            .setOriginDescription(file.name())
            .setIncluder(new Includes(file, chain, hadoop)));
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    String path = includer.sibling(what);
    Optional<ConfigFile> beside = ConfigFile.open(path, hadoop);
    if (beside.isEmpty() && !what.equals(REFERENCE)) {
      throw new ConfigException.Generic(
          includer.name() + ": include \"" + what + "\": no such file: " + path);
    }
    return parse(beside.orElseGet(Includes::reference), chain, hadoop).root();
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }
}
