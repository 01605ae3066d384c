package org.stylemining.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which build of the program this is.
 *
 * @param version of the program, such as {@code 0.1.0}
 * @param commit of its source; {@code unknown} where it was built without its history
 */
public record Build(String version, String commit) {
  private static final String RESOURCE = "/org/stylemining/build.properties";
  private static final String UNKNOWN = "unknown";

  /** The running program's build. */
  public static Build current() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + RESOURCE, e);
    }
    return new Build(value(properties, "version"), value(properties, "commit"));
  }

  private static String value(Properties properties, String key) {
    String value = properties.getProperty(key, "").strip();
    // Classes compiled by an editor come with the file as it stands in the source, its variables
    // not filled in.
    return value.isEmpty() || value.startsWith("${") ? UNKNOWN : value;
  }

  @Override
  public String toString() {
    return version + " (" + commit + ")";
  }
}
