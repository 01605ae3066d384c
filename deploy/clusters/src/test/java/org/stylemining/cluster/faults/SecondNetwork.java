package org.stylemining.cluster.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.stylemining.cluster.standalone.StandaloneCluster.Seat;

/** A network namespace, as another machine would be, and a wire to it that can be cut. */
final class SecondNetwork implements AutoCloseable {
  /** This machine's end of the wire; the range is that of benchmarks (RFC 2544). */
  private static final String HERE = "198.18.66.1";

  private static final String THERE = "198.18.66.2";

  private final String name = "asm" + ProcessHandle.current().pid();

  private SecondNetwork() {}

  /** Makes it; where that is not allowed here, or {@code ip} is missing, the test is skipped. */
  static SecondNetwork make() throws InterruptedException {
    SecondNetwork network = new SecondNetwork();
    assumeTrue(
        network.mayBe(),
        "network namespaces cannot be made here: iproute2 is missing, or this is not root");
    try {
      String name = network.name;
      ip("link", "add", name, "type", "veth", "peer", "name", "wire", "netns", name);
      ip("address", "add", HERE + "/30", "dev", name);
      ip("link", "set", name, "up");
      ip("-netns", name, "address", "add", THERE + "/30", "dev", "wire");
      ip("-netns", name, "link", "set", "wire", "up");
      ip("-netns", name, "link", "set", "lo", "up");
      return network;
    } catch (IOException | RuntimeException | Error e) {
      network.close();
      throw new IllegalStateException(e);
    }
  }

  private boolean mayBe() throws InterruptedException {
    try {
      return run("netns", "add", name).waitFor() == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }

  /** A worker on this side. */
  Seat here() {
    return new Seat(HERE, List.of());
  }

  /** A worker on the other side. */
  Seat there() {
    return new Seat(THERE, List.of("ip", "netns", "exec", name));
  }

  /** From now on nothing gets through, in either direction, and nobody is told. */
  void cut() throws IOException, InterruptedException {
    ip("link", "set", name, "down");
  }

  /** The wire goes with the namespace. */
  @Override
  public void close() {
    try {
      run("netns", "delete", name).waitFor();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void ip(String... words) throws IOException, InterruptedException {
    Process process = run(words);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("ip " + String.join(" ", words) + "\n" + output).isZero();
  }

  private static Process run(String... words) throws IOException {
    return new ProcessBuilder(Stream.concat(Stream.of("ip"), Stream.of(words)).toList())
        .redirectErrorStream(true)
        .start();
  }
}
