package org.stylemining.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stylemining.config.UserMistake;

class WatchServerTest {
  @TempDir Path folder;

  @Test
  void givesOutThePageItsScriptAndWhatTheFolderTells() throws Exception {
    WatchedRun run = new WatchedRun(folder).begun().rounds(0, 5).strip(1).predictions();
    try (WatchServer server = serve(run, OptionalInt.of(0))) {
      HttpResponse<String> page = get(server, "");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().map())
          .containsEntry("cache-control", List.of("no-store"))
          .containsEntry("x-content-type-options", List.of("nosniff"))
          .containsEntry("content-type", List.of("text/html; charset=utf-8"));
      assertThat(page.body())
          .contains("script-src 'self'; connect-src 'self'", "src=\"live.js\"")
          .doesNotContain("http://", "https://");
      assertThat(get(server, "live.js").body()).contains("var uPlot=", "state.json");
      assertThat(
              new ObjectMapper()
                  .readTree(get(server, "state.json").body())
                  .at("/run/round")
                  .asInt())
          .isEqualTo(5);
      assertThat(get(server, "styles.html").body()).contains("Round 1", "data:image/jpeg");
      assertThat(get(server, "predictions.html").body()).contains("data:image/png");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metrics.jsonl",
        "config.conf",
        "../../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "strips/round-000001.png",
        "state.json/",
        "live.js/../state.json",
        "%00",
        "index.html"
      })
  void thereAreNoPathsButThePagesOwn(String path) throws Exception {
    WatchedRun run = new WatchedRun(folder).begun().rounds(0, 2).strip(1);
    try (WatchServer server = serve(run, OptionalInt.of(0))) {
      // As written: a client would put .. right by itself.
      String answer =
          raw(server, "GET /" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

      assertThat(answer).startsWith("HTTP/1.1 404");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "HEAD"})
  void onlyGetIsAnswered(String method) throws Exception {
    try (WatchServer server = serve(new WatchedRun(folder), OptionalInt.of(0))) {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(server.address() + "state.json"))
                      .method(method, BodyPublishers.noBody())
                      .build(),
                  BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("allow")).contains("GET");
    }
  }

  @Test
  void onALoopbackAddressOtherNamesAreNotAnswered() throws Exception {
    try (WatchServer server = serve(new WatchedRun(folder), OptionalInt.of(0))) {
      assertThat(asked(server, "Host: evil.example:6106\r\n")).startsWith("HTTP/1.1 421");
      assertThat(asked(server, "Host: 127.0.0.1.evil.example\r\n")).startsWith("HTTP/1.1 421");
      assertThat(asked(server, "Host: localhost:6106\r\n")).startsWith("HTTP/1.1 200");
      assertThat(asked(server, "Host: 127.0.0.1\r\n")).startsWith("HTTP/1.1 200");
      assertThat(asked(server, "Host: [::1]:6106\r\n")).startsWith("HTTP/1.1 200");
      assertThat(server.announcement()).doesNotContain("anybody");
    }
  }

  @Test
  void onAnotherAddressItIsSaidThatAnybodyReads() throws Exception {
    try (WatchServer server =
        WatchServer.start(
            new WatchedRun(folder).folder(),
            new WatchOptions("0.0.0.0", OptionalInt.of(0), "--port", Duration.ofSeconds(1)))) {
      assertThat(server.isOpen()).isTrue();
      assertThat(server.announcement()).contains("anybody who reaches this machine can read");
      assertThat(asked(server, "Host: any.example\r\n")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aPortThatIsTakenIsAMistakeWhereItWasAskedFor() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> serve(new WatchedRun(folder), OptionalInt.of(other.getLocalPort())))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("--port " + other.getLocalPort())
          .hasMessageContaining("taken");
    }
  }

  @Test
  void whereNoPortIsAskedForTwoPagesStandBesideEachOther() throws Exception {
    try (WatchServer one = serve(new WatchedRun(folder), OptionalInt.empty());
        WatchServer two = serve(new WatchedRun(folder), OptionalInt.empty())) {
      assertThat(one.address()).isNotEqualTo(two.address());
      assertThat(get(one, "state.json").statusCode()).isEqualTo(200);
      assertThat(get(two, "state.json").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no.such.host.invalid", "192.0.2.1"})
  void aHostThatIsNotThisMachineIsAMistake(String host) throws Exception {
    WatchedRun run = new WatchedRun(folder);
    assertThatThrownBy(
            () ->
                WatchServer.start(
                    run.folder(),
                    new WatchOptions(host, OptionalInt.of(0), "--port", Duration.ofSeconds(1))))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("--host " + host);
  }

  @Test
  void aFolderThatCannotBeReadIsToldAndReadAgainLater() throws Exception {
    WatchedRun run = new WatchedRun(folder.resolve("run"));
    try (WatchServer server = serve(run, OptionalInt.of(0))) {
      // A folder in place of the log.
      Files.createDirectories(folder.resolve("run/metrics.jsonl"));
      HttpResponse<String> answer = get(server, "state.json");
      assertThat(answer.statusCode()).as(answer.body()).isIn(200, 503);

      Files.delete(folder.resolve("run/metrics.jsonl"));
      run.begun().rounds(0, 2);
      Thread.sleep(60);
      assertThat(get(server, "state.json").body()).contains("\"round\":2");
    }
  }

  @Test
  void theFolderIsReadNoMoreOftenThanToldHoweverManyAsk() throws Exception {
    WatchedRun run = new WatchedRun(folder).begun().rounds(0, 2);
    try (WatchServer server =
        WatchServer.start(
            run.folder(),
            new WatchOptions(
                WatchOptions.LOOPBACK, OptionalInt.of(0), "--port", Duration.ofHours(1)))) {
      String first = get(server, "state.json").body();
      run.rounds(2, 3);
      assertThat(get(server, "state.json").body()).isEqualTo(first);
    }
  }

  @Test
  void nothingAnswersAfterTheEnd() throws Exception {
    WatchServer server = serve(new WatchedRun(folder), OptionalInt.of(0));
    server.close();

    assertThatThrownBy(() -> get(server, "")).isInstanceOf(IOException.class);
  }

  private static WatchServer serve(WatchedRun run, OptionalInt port) throws IOException {
    return WatchServer.start(
        run.folder(),
        new WatchOptions(WatchOptions.LOOPBACK, port, "--port", Duration.ofMillis(100)));
  }

  private static HttpResponse<String> get(WatchServer server, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
            BodyHandlers.ofString());
  }

  private static String asked(WatchServer server, String host) throws IOException {
    return raw(server, "GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
  }

  private static String raw(WatchServer server, String request) throws IOException {
    int port = URI.create(server.address()).getPort();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
