package org.stylemining.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.report.MetricsLog;
import org.stylemining.report.RunFolder;

/** The page as a browser shows it. */
class LivePageTest {
  private static final String DRAWN =
      "document.querySelectorAll('figure.chart:not([hidden]) canvas')";

  @TempDir static Path profile;
  @TempDir Path folder;
  private static HeadlessChromium browser;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        HeadlessChromium.program().isPresent(),
        "the live page is not looked at: there is no Chromium (Debian package chromium)");
    browser = HeadlessChromium.start(profile);
  }

  @AfterAll
  static void end() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void showsAFinishedRunAndByItselfWhatIsWrittenLater() throws Exception {
    WatchedRun run =
        new WatchedRun(folder).begun().rounds(0, 38).strip(1).strip(30).predictions().ended();
    try (WatchServer server = serve(run.folder())) {
      browser.open(server.address());
      browser.await(DRAWN + ".length === 7");
      browser.await("document.querySelectorAll('#styles img').length === 2");
      browser.await("document.querySelectorAll('#predictions img').length === 3");
      assertThat(browser.text())
          .contains("watched", "gta5 → cityscapes", "Finished", "2025-06-01", "of 40")
          .contains("Loss by mining step", "Time of a round", "2 on node-2", "Round 30");
      assertThat(browser.evaluate("document.title").asText()).startsWith("finished · watched");
      assertThat(browser.evaluate("document.documentElement.scrollWidth > innerWidth").asBoolean())
          .as("nothing is wider than the window")
          .isFalse();

      browser.evaluate("window.sameLoad = true");
      run.begun();
      run.rounds(38, 39).strip(39);
      browser.await("document.querySelector('.tiles').innerText.includes('39')");
      browser.await("document.querySelector('#styles').innerText.includes('Round 39')");
      assertThat(browser.text())
          .contains("Stopped", "bin/asm train demo --out runs/watched --resume");
      assertThat(browser.evaluate("window.sameLoad").asBoolean())
          .as("was not loaded anew")
          .isTrue();
      assertThat(browser.evaluate(DRAWN + ".length").asInt()).isEqualTo(7);
    }
    browser.await("!document.getElementById('trouble').hidden");
    assertThat(browser.text()).contains("No answer from bin/asm watch");
  }

  @Test
  void waitsForARunAndShowsItFromItsFirstRound() throws Exception {
    WatchedRun run = new WatchedRun(folder.resolve("later"));
    try (WatchServer server = serve(run.folder())) {
      browser.open(server.address());
      browser.await("document.body.innerText.includes('Waiting')");
      assertThat(browser.evaluate(DRAWN + ".length").asInt()).isZero();

      run.begun();
      try (MetricsLog log = MetricsLog.start(run.folder())) {
        WatchedRun.round(log, 1);
        browser.await(DRAWN + ".length === 7");
        WatchedRun.round(log, 2);
        browser.await("document.querySelector('.tiles').innerText.includes('2\\nof 40')");
      }
    }
  }

  @Test
  void isReadOnLightAndOnDarkScreens() throws Exception {
    WatchedRun run = new WatchedRun(folder).begun().rounds(0, 3);
    try (WatchServer server = serve(run.folder())) {
      browser.open(server.address());
      browser.await(DRAWN + ".length === 7");
      browser.dark(true);
      assertThat(colour("backgroundColor")).isEqualTo("rgb(20, 23, 27)");
      browser.dark(false);
      assertThat(colour("backgroundColor")).isEqualTo("rgb(255, 255, 255)");
    } finally {
      browser.dark(false);
    }
  }

  @Test
  void textOfTheRunIsTextOnly() throws Exception {
    WatchedRun run = new WatchedRun(folder).begun().rounds(0, 2);
    Files.writeString(
        folder.resolve("provenance.json"),
        Files.readString(folder.resolve("provenance.json"))
            .replace("\"watched\"", "\"<img src=x onerror='document.hacked=1'>\""));
    try (WatchServer server = serve(run.folder())) {
      browser.open(server.address());
      browser.await(DRAWN + ".length === 7");
      assertThat(browser.evaluate("document.querySelector('h1').innerText").asText())
          .isEqualTo("<img src=x onerror='document.hacked=1'>");
      assertThat(browser.evaluate("document.hacked === undefined").asBoolean()).isTrue();
    }
  }

  private static String colour(String property) throws Exception {
    return browser.evaluate("getComputedStyle(document.body)." + property).asText();
  }

  private static WatchServer serve(RunFolder run) throws Exception {
    return WatchServer.start(
        run,
        new WatchOptions(
            WatchOptions.LOOPBACK, OptionalInt.of(0), "--port", Duration.ofMillis(200)));
  }

  /** Takes pictures of the page of a run: its folder, and a folder for the pictures. */
  public static void main(String[] arguments) throws Exception {
    Path pictures = Path.of(arguments[1]);
    try (WatchServer server = serve(new WatchedRun(Path.of(arguments[0])).folder());
        HeadlessChromium chromium =
            HeadlessChromium.start(Files.createTempDirectory(pictures, "profile"))) {
      for (boolean dark : new boolean[] {false, true}) {
        chromium.dark(dark);
        chromium.open(server.address());
        chromium.await("document.querySelector('.stage') !== null");
        // Its pictures come last.
        Thread.sleep(5000);
        chromium.picture(pictures.resolve(dark ? "dark.png" : "light.png"));
      }
    }
  }
}
