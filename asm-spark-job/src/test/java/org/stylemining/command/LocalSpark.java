package org.stylemining.command;

import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Commands of a test class run on Spark in this JVM. */
final class LocalSpark implements BeforeAllCallback, AfterAllCallback {
  private final Map<String, String> settings;

  /** With two tasks at a time. */
  LocalSpark() {
    this(2);
  }

  /**
   * @param tasks that run at the same time
   */
  LocalSpark(int tasks) {
    settings =
        Map.of(
            "spark.master",
            "local[" + tasks + "]",
            "spark.ui.enabled",
            "false",
            "spark.driver.host",
            "127.0.0.1");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    settings.forEach(System::setProperty);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    settings.keySet().forEach(System::clearProperty);
  }
}
