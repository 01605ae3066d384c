package org.stylemining.cluster.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.stylemining.cluster.Daemon;
import org.stylemining.cluster.Ports;

/**
 * etcd and a real API server in a network of their own. Inside, the server is at its usual name and
 * port; on this machine, at a port of the loopback interface.
 */
final class ControlPlane implements AutoCloseable {
  /** The API server, and the first address of the pods' network. */
  static final String ADDRESS = "10.66.0.1";

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path folder;
  private final Daemon server;
  private final Daemon door;
  private final int port;
  private final String token;

  private ControlPlane(Path folder, Daemon server, Daemon door, int port, String token) {
    this.folder = folder;
    this.server = server;
    this.door = door;
    this.port = port;
    this.token = token;
  }

  static ControlPlane start(Path folder, Path program) throws IOException, InterruptedException {
    String token = UUID.randomUUID().toString();
    Files.writeString(folder.resolve("tokens.csv"), token + ",admin,1,\"system:masters\"\n");
    Tools.run("openssl", "genrsa", "-out", folder.resolve("accounts.key").toString(), "2048");
    int port = Ports.free(1).get(0);
    Daemon server =
        Daemon.start(
            "control-plane",
            List.of(
                "unshare",
                "--net",
                "--pid",
                "--mount-proc",
                "--fork",
                "--kill-child",
                "bash",
                script("control-plane.sh").toString(),
                folder.toString(),
                program.toString(),
                ADDRESS),
            Map.of(),
            folder);
    Daemon door = null;
    try {
      Path socket = folder.resolve("api.socket");
      Daemon.await("the API server's socket", () -> Files.exists(socket), LIMIT, List.of(server));
      door =
          Daemon.start(
              "door",
              List.of(
                  "socat",
                  "TCP-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr,fork",
                  "UNIX-CONNECT:" + socket),
              Map.of(),
              folder);
      ControlPlane plane = new ControlPlane(folder, server, door, port, token);
      Daemon.await("the API server", plane::isReady, LIMIT, plane.daemons());
      return plane;
    } catch (Throwable e) {
      server.close();
      if (door != null) {
        door.close();
      }
      throw e;
    }
  }

  /** A script beside this class. */
  static Path script(String name) {
    try {
      return Path.of(ControlPlane.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isReady() {
    try (KubernetesClient client = client()) {
      return "ok".equals(client.raw("/readyz"))
          && client.namespaces().withName("default").get() != null;
    }
  }

  /** A new client with every right. */
  KubernetesClient client() {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(url())
            .withCaCertFile(certificate().toString())
            .withOauthToken(token)
            .withNamespace("default")
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Where this machine finds the API server. */
  String url() {
    return "https://localhost:" + port;
  }

  /** Of one who may do everything. */
  String token() {
    return token;
  }

  /** The API server's own certificate, which is its authority's too. */
  Path certificate() {
    return folder.resolve("certificates/apiserver.crt");
  }

  /** Who asked the server for what, a line of JSON each. */
  Path audit() {
    return folder.resolve("audit.log");
  }

  /** The number of the process whose namespaces are the cluster's. */
  long process() {
    return server.handle().children().findFirst().orElseThrow().pid();
  }

  List<Daemon> daemons() {
    return List.of(server, door);
  }

  @Override
  public void close() {
    door.close();
    server.close();
  }
}
