package org.stylemining.config;

import java.util.List;

/** Reads an experiment's configuration file. */
public final class ConfigReader {
  private ConfigReader() {}

  /**
   * Reads a configuration.
   *
   * @param conf a local file, the URI of a file on a Hadoop file system, or the bare name of an
   *     experiment in the folder {@code ASM_CONF_DIR} (system property, else environment variable)
   * @param overrides arguments {@code key=value}, which win over the file; the last one wins
   * @throws UserMistake with every mistake in the file and the arguments, one a line
   */
  public static AsmConfig read(String conf, List<String> overrides) {
    throw new UnsupportedOperationException("not there yet");
  }

  /**
   * Reads a configuration from text.
   *
   * @param text HOCON, such as {@link AsmConfig#render} gives
   * @param name what messages call the text
   * @param overrides arguments {@code key=value}, which win over the text
   * @throws UserMistake with every mistake in the text and the arguments, one a line
   */
  public static AsmConfig parse(String text, String name, List<String> overrides) {
    throw new UnsupportedOperationException("not there yet");
  }
}
