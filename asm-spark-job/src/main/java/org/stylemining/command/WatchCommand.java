package org.stylemining.command;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.stylemining.config.UserMistake;
import org.stylemining.report.RunFolder;
import org.stylemining.watch.WatchOptions;
import org.stylemining.watch.WatchServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "watch",
    description =
        "Gives out a live page of a running or finished run, which updates by itself. Reads the run's folder alone. Ctrl-C ends it.",
    mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
  /** Seconds between two readings, unless told otherwise. */
  static final int EVERY = 5;

  private static final double LEAST_SECONDS = 0.2;
  private static final double MOST_SECONDS = 3600;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description =
          "A run folder, a folder that holds one as train, one that a style generator is trained in, or a comparison's; a path or a URI. It need not be there yet.")
  private String folder;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "Where to listen; 0: any port that is free. Default: "
              + WatchServer.PORT
              + ", or any other where that is taken.")
  private Integer port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = WatchOptions.LOOPBACK,
      description =
          "Name or address of this machine to listen on, 0.0.0.0 for all. Default: ${DEFAULT-VALUE}, which other machines do not reach.")
  private String host;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "" + EVERY,
      description = "How often the folder is read while somebody looks. Default: ${DEFAULT-VALUE}.")
  private double every;

  @Override
  public Integer call() throws Exception {
    requirePort("--port", port);
    if (!(every >= LEAST_SECONDS && every <= MOST_SECONDS)) {
      throw new UserMistake(
          "--every %s: expected %s to %s seconds".formatted(every, LEAST_SECONDS, MOST_SECONDS));
    }
    RunFolder run = run();
    WatchOptions options =
        new WatchOptions(
            host,
            port == null ? OptionalInt.empty() : OptionalInt.of(port),
            "--port",
            Duration.ofMillis(Math.round(1000 * every)));
    // A signal is how it is meant to end; it writes nothing that could be left undone.
    Thread atSignal = new Thread(() -> Runtime.getRuntime().halt(0), "end of the live view");
    try (WatchServer server = WatchServer.start(run, options)) {
      System.out.println(server.announcement());
      System.out.println("Ctrl-C ends it");
      Runtime.getRuntime().addShutdownHook(atSignal);
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Runtime.getRuntime().removeShutdownHook(atSignal);
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private RunFolder run() {
    try {
      RunFolder run = RunFolder.at(folder, SparkRun.hadoop());
      if (!run.fileSystem().exists(run.path())) {
        System.out.println(folder + " is not there yet; the page waits for it");
      } else if (run.fileSystem().getFileStatus(run.path()).isFile()) {
        throw new UserMistake("watch " + folder + ": expected a run folder, found a file");
      }
      return run;
    } catch (IllegalArgumentException | IOException e) {
      throw new UserMistake("watch " + folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * @throws UserMistake where a port is given that there cannot be
   */
  static void requirePort(String option, Integer port) {
    if (port != null && (port < 0 || port > 65_535)) {
      throw new UserMistake(option + " " + port + ": expected a port from 0 to 65535");
    }
  }
}
