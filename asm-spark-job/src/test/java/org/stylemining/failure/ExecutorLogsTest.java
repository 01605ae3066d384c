package org.stylemining.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExecutorLogsTest {
  private HttpServer server;
  private String address;
  private volatile String asked;
  private volatile byte[] log = "the end\n".getBytes(StandardCharsets.UTF_8);

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked = exchange.getRequestURI().toString();
          exchange.sendResponseHeaders(asked.contains("missing") ? 404 : 200, log.length);
          exchange.getResponseBody().write(log);
          exchange.close();
        });
    server.start();
    address = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readsAStandaloneWorkersBareText() throws IOException {
    String text =
        new String(
            new ExecutorLogs().read(address + "/logPage/?appId=app-1&executorId=0&logType=stderr"),
            StandardCharsets.UTF_8);

    assertThat(text).isEqualTo("the end\n");
    assertThat(asked).isEqualTo("/log/?appId=app-1&executorId=0&logType=stderr&byteLength=1048576");
  }

  @Test
  void readsANodeManagersBareText() throws IOException {
    new ExecutorLogs().read(address + "/node/containerlogs/container_1_2_3/me/stderr?start=-4096");

    assertThat(asked).isEqualTo("/ws/v1/node/containers/container_1_2_3/logs/stderr");
  }

  @Test
  void keepsTheEndOfALongLog() throws IOException {
    log = new byte[2 * ExecutorLogs.MOST_BYTES + 17];
    Arrays.fill(log, (byte) 'x');
    log[log.length - 1] = 'z';

    assertThat(new ExecutorLogs().read(address + "/log"))
        .hasSize(ExecutorLogs.MOST_BYTES)
        .endsWith((byte) 'z');
  }

  @Test
  void whatIsNotToBeHadIsSaid() {
    assertThatThrownBy(() -> new ExecutorLogs().read(address + "/missing"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("404");
    assertThatThrownBy(() -> new ExecutorLogs().read("not an address"))
        .isInstanceOf(IOException.class);
  }
}
