package org.stylemining.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads an experiment's configuration file, lays it over {@code reference.conf}, and arguments over
 * both.
 */
public final class ConfigReader {
  private static final String EXPERIMENTS = "ASM_CONF_DIR";

  private final Environment environment;
  private final Configuration hadoop;
  private final Mistakes mistakes = new Mistakes();

  private ConfigReader(Map<String, String> variables, Configuration hadoop) {
    this.environment = new Environment(variables);
    this.hadoop = hadoop;
  }

  /**
   * Reads a configuration.
   *
   * @param conf a local file, the URI of a file on a Hadoop file system, or the name of an
   *     experiment ({@code demo}) in the folder {@code ASM_CONF_DIR} (system property, else
   *     environment variable)
   * @param overrides arguments {@code key=value}, which win over the file; the last one wins
   * @throws UserMistake with every mistake in the file and the arguments, one a line
   */
  public static AsmConfig read(String conf, List<String> overrides) {
    return read(conf, overrides, new Configuration(), System.getenv());
  }

  /** The same with a Hadoop configuration for URIs, such as that of a Spark session. */
  public static AsmConfig read(String conf, List<String> overrides, Configuration hadoop) {
    return read(conf, overrides, hadoop, System.getenv());
  }

  static AsmConfig read(
      String conf, List<String> overrides, Configuration hadoop, Map<String, String> variables) {
    ConfigFile file = ConfigFile.find(conf, experiments(variables).map(Path::of), hadoop);
    return new ConfigReader(variables, hadoop).bind(file, overrides);
  }

  /** The folder of experiments; empty where none is set. */
  static Optional<String> experiments(Map<String, String> variables) {
    return Optional.ofNullable(System.getProperty(EXPERIMENTS, variables.get(EXPERIMENTS)));
  }

  /**
   * Reads a configuration from text.
   *
   * @param text HOCON, such as {@link AsmConfig#render} gives
   * @param name what messages call the text; a path where it includes other files
   * @param overrides arguments {@code key=value}, which win over the text
   * @throws UserMistake with every mistake in the text and the arguments, one a line
   */
  public static AsmConfig parse(String text, String name, List<String> overrides) {
    return parse(text, name, overrides, System.getenv());
  }

  static AsmConfig parse(
      String text, String name, List<String> overrides, Map<String, String> variables) {
    return new ConfigReader(variables, new Configuration())
        .bind(new ConfigFile(name, text), overrides);
  }

  private AsmConfig bind(ConfigFile file, List<String> arguments) {
    Config given = Overrides.read(arguments, mistakes).withFallback(parse(file));
    Origins origins = new Origins(given.root());
    Config layered = given.withFallback(Includes.parse(Includes.reference(), hadoop));
    Config resolved = resolve(layered, file);
    Map<String, List<String>> unset = environment.unset(layered, resolved);
    ConfigObject tree =
        Completion.of(
            resolved.root(), unset.keySet(), Includes.parse(Includes.reference(), hadoop));
    return bind(file.name(), tree, origins, unset);
  }

  private AsmConfig bind(
      String file, ConfigObject tree, Origins origins, Map<String, List<String>> unset) {
    Binder binder = new Binder(origins, mistakes);
    List<Object> settings = binder.components(AsmConfig.class, tree, "", Allowed.ANYTHING);
    Resolved resolved = Resolved.of(file, tree, origins, unset);
    new CrossChecks(binder, resolved, mistakes).check();
    mistakes.throwIfAny(file);
    List<Object> components = new ArrayList<>(settings);
    components.add(resolved);
    return Records.construct(AsmConfig.class, components.toArray());
  }

  /** The file's tree; empty where it cannot be parsed, so that the arguments are checked still. */
  private Config parse(ConfigFile file) {
    try {
      return Includes.parse(file, hadoop);
    } catch (ConfigException e) {
      mistakes.add(e.getMessage());
      return ConfigFactory.empty();
    }
  }

  private Config resolve(Config layered, ConfigFile file) {
    try {
      return environment.resolve(layered);
    } catch (ConfigException e) {
      mistakes.add(e.getMessage());
      mistakes.throwIfAny(file.name());
      throw e;
    }
  }
}
