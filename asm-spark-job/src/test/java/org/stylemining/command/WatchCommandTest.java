package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stylemining.report.MetricsLog;
import org.stylemining.report.RoundRecord;
import org.stylemining.report.RunFolder;

class WatchCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "--port, 70000, --port 70000: expected a port from 0 to 65535",
    "--port, x, --port",
    "--every, 0, --every 0.0: expected 0.2 to 3600.0 seconds",
    "--every, NaN, --every NaN",
    "--host, no.such.host.invalid, --host no.such.host.invalid"
  })
  void aMistakeIsToldBeforeThereIsAPage(String option, String value, String message) {
    Answer answer = Answer.to("watch", folder.toString(), option, value);

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.err()).contains(message);
    assertThat(answer.out()).doesNotContain("live view of");
  }

  @Test
  void aFileIsNoRunFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "");

    Answer answer = Answer.to("watch", file.toString());

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.err()).contains("watch " + file + ": expected a run folder, found a file");
    assertThat(Answer.to("watch", "nosuch://x/y").err()).contains("watch nosuch://x/y", "nosuch");
  }

  @Test
  void theOptionsOfATrainingGoTogether() {
    Answer alone = Answer.to("train", "demo", "--out", folder.toString(), "--watch-port", "1");

    assertThat(alone.status()).isEqualTo(2);
    assertThat(alone.err()).contains("--watch-port 1: expected --watch too");
  }

  @Test
  void inClusterModeATrainingHasNoPageOfItsOwn() {
    System.setProperty("spark.submit.deployMode", "cluster");
    try {
      Answer answer = Answer.to("train", "demo", "--out", folder.toString(), "--watch");

      assertThat(answer.status()).isEqualTo(2);
      assertThat(answer.err()).contains("--watch", "in cluster mode", "bin/asm watch DIR");
      assertThat(folder).isEmptyDirectory();
    } finally {
      System.clearProperty("spark.submit.deployMode");
    }
  }

  @Test
  void givesOutThePageUntilASignalAndEndsWell() throws Exception {
    Process process =
        new ProcessBuilder(
                // Where tests run in the background, a shell has switched the signal off.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.stylemining.command.Main",
                "watch",
                folder.resolve("later").toString(),
                "--port",
                "0",
                "--every",
                "0.2")
            .redirectError(folder.resolve("errors.txt").toFile())
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).endsWith("is not there yet; the page waits for it");
      String address = out.readLine();
      assertThat(address)
          .matches("live view of " + folder.resolve("later") + " at http://127.0.0.1:\\d+/");
      assertThat(out.readLine()).isEqualTo("Ctrl-C ends it");
      URI state = URI.create(address.substring(address.indexOf("http")) + "state.json");
      assertThat(get(state)).contains("\"stage\":\"waiting\"");
      RunFolder run = RunFolder.at(folder.resolve("later").toString(), new Configuration());
      try (MetricsLog log = MetricsLog.start(run)) {
        log.write(new RoundRecord(1, 2, 1, 2, 1, 1.5, 4, 4, 1, 1, 0, 0, 1));
        Thread.sleep(250);
        assertThat(get(state)).contains("\"round\":1,\"rounds\":2");
      }

      new ProcessBuilder(List.of("kill", "-INT", Long.toString(process.pid()))).start().waitFor();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String get(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }
}
