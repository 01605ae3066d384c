package org.stylemining.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A long-lived process of a cluster, with a log file of its own. */
public final class Daemon implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final String name;
  private final Process process;
  private final Path log;
  private final Thread atExit;

  private Daemon(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    // Where the JVM of the tests is told to end early, its daemons end too.
    this.atExit = new Thread(() -> Processes.kill(process.toHandle()), "end of " + name);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts a process.
   *
   * @param name what messages call it, and its log file
   * @param folder where its log file goes
   */
  public static Daemon start(
      String name, List<String> command, Map<String, String> environment, Path folder)
      throws IOException {
    Path log = Files.createDirectories(folder).resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Environment.prepare(builder, environment);
    return new Daemon(name, builder.start(), log);
  }

  /**
   * Waits until a cluster is ready.
   *
   * @param ready looks; an exception means "not yet"
   * @param daemons none of which may end meanwhile
   * @throws AssertionError with the ends of the daemons' logs where it is not ready in time
   */
  public static void await(
      String what, Callable<Boolean> ready, Duration limit, List<Daemon> daemons)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    Exception last = null;
    while (true) {
      try {
        if (ready.call()) {
          return;
        }
        last = null;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        last = e;
      }
      List<String> dead =
          daemons.stream().filter(daemon -> !daemon.isAlive()).map(Daemon::toString).toList();
      if (!dead.isEmpty() || System.nanoTime() > end) {
        throw new AssertionError(
            "%s: not within %s%s%n%s"
                .formatted(
                    what,
                    limit,
                    dead.isEmpty() ? "" : ", since these ended: " + dead,
                    tails(daemons)),
            last);
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  /** The ends of logs, and where all of them are. */
  public static String tails(List<Daemon> daemons) {
    StringBuilder text = new StringBuilder();
    for (Daemon daemon : daemons) {
      // What ended says why before it says good-bye.
      int lines = daemon.isAlive() ? 15 : 60;
      text.append("---- ").append(daemon.log).append('\n').append(Tail.of(daemon.log, lines));
      text.append('\n');
    }
    return text.toString();
  }

  /**
   * Writes what each of its threads does to a file beside its log.
   *
   * @return the file
   */
  public Path threads() throws IOException, InterruptedException {
    Path file = log.resolveSibling(name + ".threads");
    new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jstack").toString(),
            String.valueOf(process.pid()))
        .redirectErrorStream(true)
        .redirectOutput(file.toFile())
        .start()
        .waitFor(20, TimeUnit.SECONDS);
    return file;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  public Path log() {
    return log;
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() {
    Processes.kill(process.toHandle());
  }

  /** Ends it, and all that it started. */
  @Override
  public void close() {
    Processes.end(process.toHandle());
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs, and finds no process.
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
