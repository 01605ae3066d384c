package org.stylemining.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface. */
public final class Ports {
  private static final Path EPHEMERAL = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int LOWEST = 15_000;
  private static final Set<Integer> GIVEN = new HashSet<>();

  private Ports() {}

  /**
   * Different ports that nothing listens at now and that nobody got before. They lie below those
   * that the system gives to whoever asks for any port, so that none is taken by chance in the
   * seconds until a daemon listens there.
   */
  public static synchronized List<Integer> free(int count) throws IOException {
    int end = firstEphemeral();
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < count) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, end);
      if (!GIVEN.contains(port) && isFree(port)) {
        GIVEN.add(port);
        ports.add(port);
      }
    }
    return ports;
  }

  private static int firstEphemeral() throws IOException {
    int first = Integer.parseInt(Files.readString(EPHEMERAL).split("\\s+")[0]);
    if (first < LOWEST + 1000) {
      throw new IOException(
          EPHEMERAL + " begins at " + first + ", which leaves no ports for tests below it");
    }
    return first;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
