package org.stylemining.failure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Reads executors' outputs where the cluster manager serves them: a standalone worker's page, or
 * YARN's node manager.
 */
final class ExecutorLogs {
  /** The end of a log tells how it ended. */
  static final int MOST_BYTES = 1 << 20;

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** {@code /node/containerlogs/CONTAINER/USER/stderr?start=-4096}: a page around the text. */
  private static final Pattern YARN_PAGE =
      Pattern.compile("/node/containerlogs/([^/]+)/[^/]+/([^/?]+).*");

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  /**
   * The last part of a log.
   *
   * @param page as Spark links to it
   * @throws IOException where it is not to be had
   */
  byte[] read(String page) throws IOException {
    try {
      HttpResponse<InputStream> answer =
          client.send(
              HttpRequest.newBuilder(text(page)).timeout(ANSWER).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() != 200) {
          throw new IOException("%s: status %d".formatted(page, answer.statusCode()));
        }
        return last(body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(page + ": interrupted", e);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new IOException(page + ": no address: " + e.getMessage(), e);
    }
  }

  /** Where the bare text of a page is. */
  static URI text(String page) throws URISyntaxException {
    if (page.contains("/logPage")) {
      return new URI(page.replaceFirst("/logPage/?\\?", "/log/?") + "&byteLength=" + MOST_BYTES);
    }
    return new URI(YARN_PAGE.matcher(page).replaceFirst("/ws/v1/node/containers/$1/logs/$2"));
  }

  private static byte[] last(InputStream body) throws IOException {
    // A log may be larger than memory: only its end is kept.
    byte[] kept = new byte[0];
    for (byte[] piece = body.readNBytes(MOST_BYTES);
        piece.length > 0;
        piece = body.readNBytes(MOST_BYTES)) {
      byte[] both = new byte[kept.length + piece.length];
      System.arraycopy(kept, 0, both, 0, kept.length);
      System.arraycopy(piece, 0, both, kept.length, piece.length);
      int from = Math.max(0, both.length - MOST_BYTES);
      kept = Arrays.copyOfRange(both, from, both.length);
    }
    return kept.length == 0 ? "(empty)\n".getBytes(StandardCharsets.UTF_8) : kept;
  }
}
