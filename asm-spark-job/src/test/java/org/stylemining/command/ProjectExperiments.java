package org.stylemining.command;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Commands of a test class know the project's experiments by name. */
final class ProjectExperiments implements BeforeAllCallback, AfterAllCallback {
  private static final String FOLDER = "ASM_CONF_DIR";

  @Override
  public void beforeAll(ExtensionContext context) {
    System.setProperty(FOLDER, Page.ROOT.resolve("conf").toString());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.clearProperty(FOLDER);
  }
}
