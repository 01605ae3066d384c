package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What {@code asm} answers to a command line.
 *
 * @param status its exit status
 * @param out what it prints
 * @param err what it complains of
 */
record Answer(int status, String out, String err) {
  /** Runs a command in this JVM. */
  static Answer to(String... words) {
    PrintStream usualOut = System.out;
    PrintStream usualErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int status = Commands.run(words);
      return new Answer(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(usualOut);
      System.setErr(usualErr);
      usualOut.print(out.toString(StandardCharsets.UTF_8));
      usualErr.print(err.toString(StandardCharsets.UTF_8));
    }
  }

  /** Draws the demo's sets into a folder. */
  static void drawScenes(Path folder, int images, int target, int width, int height) {
    assertThat(
            Commands.run(
                "make-demo-data",
                "--out",
                folder.toString(),
                "--images",
                Integer.toString(images),
                "--target",
                Integer.toString(target),
                "--width",
                Integer.toString(width),
                "--height",
                Integer.toString(height)))
        .isZero();
  }
}
