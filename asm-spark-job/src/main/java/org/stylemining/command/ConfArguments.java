package org.stylemining.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ConfigReader;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Parameters;

/** An experiment's configuration and what overrides it. */
final class ConfArguments {
  @Parameters(
      index = "0",
      paramLabel = "CONF",
      description = "Configuration file, or the name of an experiment in conf/.")
  private String conf;

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      showDefaultValue = Visibility.NEVER,
      description = "Values that override the file's, such as training.batch=4.")
  private List<String> overrides = List.of();

  private Optional<Repetition> repeated = Optional.empty();

  ConfArguments() {}

  ConfArguments(String conf, List<String> overrides) {
    this.conf = conf;
    this.overrides = List.copyOf(overrides);
  }

  /** The configuration of a training that is done again, and what overrides it. */
  static ConfArguments like(Repetition repeated, List<String> overrides) {
    ConfArguments all = new ConfArguments("--like " + repeated.place(), overrides);
    all.repeated = Optional.of(repeated);
    return all;
  }

  /** The same with further values, which win over these. */
  ConfArguments with(List<String> more) {
    List<String> all = new ArrayList<>(overrides);
    all.addAll(more);
    ConfArguments joined = new ConfArguments(conf, all);
    joined.repeated = repeated;
    return joined;
  }

  AsmConfig read() {
    return repeated.isPresent()
        ? repeated.get().read(overrides)
        : ConfigReader.read(conf, overrides, SparkRun.hadoop());
  }

  /** The training that is done again, where there is one. */
  Optional<Repetition> repeated() {
    return repeated;
  }

  /** The experiment's name: the file's, without folder and ending. */
  String experiment() {
    if (repeated.isPresent()) {
      return repeated.get().experiment();
    }
    String file = conf.substring(conf.lastIndexOf('/') + 1);
    return file.endsWith(".conf") ? file.substring(0, file.length() - ".conf".length()) : file;
  }

  /** As they were given. */
  @Override
  public String toString() {
    return overrides.isEmpty() ? conf : conf + " " + String.join(" ", overrides);
  }
}
