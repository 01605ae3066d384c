package org.stylemining.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.UserMistake;

class WholeOutputTest {
  @TempDir Path folder;
  private Path place;

  @BeforeEach
  void place() {
    place = folder.resolve("new/out.bin");
  }

  @Test
  void isThereWhenItIsCompleteAndLeavesNothingBesideIt() throws IOException {
    write(false, "first");

    assertThat(place).hasContent("first");
    assertThat(folder.resolve("new").toFile().list()).containsExactly("out.bin");
  }

  @Test
  void whatIsThereIsReplacedOnlyByForce() throws IOException {
    write(false, "first");

    assertThatThrownBy(() -> write(false, "second"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("--out " + place)
        .hasMessageContaining("add --force");
    assertThat(place).hasContent("first");
    write(true, "second");
    assertThat(place).hasContent("second");
    assertThat(folder.resolve("new").toFile().list()).containsExactly("out.bin");
  }

  @Test
  void somethingOfAnotherKindIsNeverReplaced() throws IOException {
    Files.createDirectories(place);
    Files.writeString(place.resolve("notes"), "mine");

    assertThatThrownBy(() -> write(true, "x"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("is there already and not a file");
    assertThat(place.resolve("notes")).hasContent("mine");
  }

  @Test
  void aFailureLeavesWhatWasThere() throws IOException {
    write(false, "first");

    assertThatThrownBy(
            () ->
                at(true)
                    .write(
                        unfinished -> {
                          throw new IOException("disk full");
                        }))
        .hasMessage("disk full");
    assertThat(place).hasContent("first");
    assertThat(folder.resolve("new").toFile().list()).containsExactly("out.bin");
  }

  private WholeOutput at(boolean force) throws IOException {
    return WholeOutput.at(
        "--out",
        new org.apache.hadoop.fs.Path(place.toString()),
        new Configuration(),
        force,
        "a file",
        (files, there) -> there.isFile());
  }

  private void write(boolean force, String text) throws IOException {
    WholeOutput output = at(force);
    output.write(
        unfinished -> {
          try (OutputStream out = output.files().create(unfinished)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
          }
        });
  }
}
