package org.stylemining.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.logging.LogManager;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.Transform;

/** Starts the kernel; {@code bin/asm notebook-kernel} calls it. */
public final class Kernel {
  private Kernel() {}

  /**
   * Serves until Jupyter ends it.
   *
   * @param words Jupyter's connection file
   */
  public static void main(String... words)
      throws IOException,
          GeneralSecurityException,
          InterruptedException,
          ReflectiveOperationException {
    try (InputStream settings = Kernel.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(settings);
    }
    Channels channels =
        new Channels(
            Transform.fromJson(Files.readString(Path.of(words[0])), ConnectionProperties.class));
    answerNothingYet(channels);
    channels.connect(MainApp.kernel);
    KeptLoops.of(channels).joinUntilShutDown();
  }

  /**
   * Jupyter asks while the kernel starts, again and again. The kernel's channels listen before they
   * have handlers, and a question in between would end their thread; so it is left unanswered.
   */
  private static void answerNothingYet(Channels channels) throws ReflectiveOperationException {
    KeptLoops.field(Channels.class, "handlers").set(channels, Map.of());
  }
}
