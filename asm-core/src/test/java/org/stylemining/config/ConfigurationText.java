package org.stylemining.config;

import java.util.List;
import java.util.Map;

/** Configurations from text, in an environment of the test's own. */
final class ConfigurationText {
  static final String NAME = "test.conf";

  private ConfigurationText() {}

  static AsmConfig parse(String text, String... overrides) {
    return parse(Map.of(), text, overrides);
  }

  static AsmConfig parse(Map<String, String> environment, String text, String... overrides) {
    return ConfigReader.parse(text, NAME, List.of(overrides), environment);
  }
}
