package org.stylemining.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface. */
public final class Ports {
  private static final int FIRST = 15_000;

  /** The first that Linux gives to whoever asks for any port, unless it is told otherwise. */
  private static final int EPHEMERAL = 32_768;

  private static final Set<Integer> GIVEN = new HashSet<>();

  private Ports() {}

  /**
   * Different ports that nothing listens at now and that nobody got before. No process gets one of
   * them by chance in the seconds until a daemon listens there.
   */
  public static synchronized List<Integer> free(int count) {
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < count) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, EPHEMERAL);
      if (!GIVEN.contains(port) && isFree(port)) {
        GIVEN.add(port);
        ports.add(port);
      }
    }
    return ports;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
