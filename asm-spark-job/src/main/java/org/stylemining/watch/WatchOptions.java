package org.stylemining.watch;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How a run's live page is given out.
 *
 * @param host to listen on
 * @param port to listen on; 0: any that is free; empty: {@link WatchServer#PORT}, or any other
 *     where that is taken
 * @param portOption that told the port, for messages
 * @param every how often the folder is read
 */
public record WatchOptions(String host, OptionalInt port, String portOption, Duration every) {
  /** What nobody on another machine can reach. */
  public static final String LOOPBACK = "127.0.0.1";
}
