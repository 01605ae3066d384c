package org.stylemining.command;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.OptionalInt;
import org.stylemining.config.UserMistake;
import org.stylemining.report.RunFolder;
import org.stylemining.watch.WatchOptions;
import org.stylemining.watch.WatchServer;
import picocli.CommandLine.Option;

/** The options with which a training gives out its live page by itself. */
final class WatchedTraining {
  private static final String PORT = "--watch-port";

  @Option(
      names = "--watch",
      description =
          "Gives out a live page of the run while it goes on, at an address of this machine alone that is printed; not in cluster mode. asm watch shows the same from anywhere.")
  private boolean watch;

  @Option(
      names = PORT,
      paramLabel = "PORT",
      description =
          "Where --watch listens; 0: any port that is free. Default: "
              + WatchServer.PORT
              + ", or any other where that is taken.")
  private Integer port;

  /**
   * @throws UserMistake where there can be no page
   */
  void check() {
    if (port != null && !watch) {
      throw new UserMistake(PORT + " " + port + ": expected --watch too");
    }
    WatchCommand.requirePort(PORT, port);
    if (watch && "cluster".equals(System.getProperty("spark.submit.deployMode"))) {
      throw new UserMistake(
          "--watch: in cluster mode the driver runs on another machine, whose loopback address nobody reaches; leave it out, and watch the run's folder from here: bin/asm watch DIR");
    }
  }

  /** Starts the page, and tells where it is; null where none is asked for. */
  WatchServer start(RunFolder run, PrintStream progress) throws IOException {
    if (!watch) {
      return null;
    }
    WatchServer server =
        WatchServer.start(
            run,
            new WatchOptions(
                WatchOptions.LOOPBACK,
                port == null ? OptionalInt.empty() : OptionalInt.of(port),
                PORT,
                Duration.ofSeconds(WatchCommand.EVERY)));
    progress.println(server.announcement());
    return server;
  }
}
