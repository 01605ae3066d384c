package org.stylemining.command;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Lines of one of several speakers, each with the speaker's name before it and none torn. */
final class PrefixedOutput extends OutputStream {
  private final String prefix;
  private final PrintStream out;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private PrefixedOutput(String prefix, PrintStream out) {
    this.prefix = prefix;
    this.out = out;
  }

  /** A stream of lines that begin with a name. */
  static PrintStream of(String name, PrintStream out) {
    return new PrintStream(new PrefixedOutput(name + ": ", out), true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int b) {
    if (b == '\n') {
      out.println(prefix + line.toString(StandardCharsets.UTF_8));
      line.reset();
    } else if (b != '\r') {
      line.write(b);
    }
  }
}
