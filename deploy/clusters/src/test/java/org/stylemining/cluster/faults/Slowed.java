package org.stylemining.cluster.faults;

import java.io.IOException;
import org.stylemining.cluster.Processes;

/**
 * Makes a process four times slower for as long as it is open: it may run a quarter of the time.
 */
final class Slowed implements AutoCloseable {
  private static final String LOOP =
      "while kill -s STOP $0 && sleep 0.3 && kill -s CONT $0; do sleep 0.1; done 2>/dev/null";

  private final ProcessHandle process;
  private final Process loop;

  Slowed(ProcessHandle process) throws IOException {
    this.process = process;
    this.loop = new ProcessBuilder("bash", "-c", LOOP, String.valueOf(process.pid())).start();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    loop.destroy();
    loop.waitFor();
    if (process.isAlive()) {
      Processes.signal(process, "CONT");
    }
  }
}
