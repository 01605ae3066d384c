package org.stylemining.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsmTest {
  @TempDir Path folder;
  private final PrintStream console = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void aConsoleThatIsKept() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void theRealConsole() {
    System.setOut(console);
  }

  @Test
  void printsWhatTheCommandSaysWithPathsAsTheReaderOfANotebookHasThem() throws Exception {
    asm("echo \"$*\"; echo \"file:$PWD/runs/a and $PWD/runs/b\" >&2").run("train", "a.conf");

    assertThat(said()).containsExactly("train a.conf", "runs/a and runs/b");
  }

  @Test
  void sparesTheReaderMostRounds() throws Exception {
    asm("for i in 1 2 3 4 5; do echo \"round $i/5  loss 1.0\"; done; echo done").run("train");

    assertThat(said()).containsExactly("round 1/5  loss 1.0", "round 5/5  loss 1.0", "done");
  }

  @Test
  void aCommandThatFailsFailsTheCell() throws IOException {
    Asm asm = asm("echo 'no such key'; exit 2");

    assertThatThrownBy(() -> asm.run("train", "a.conf"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("asm train a.conf: exit status 2; what it said is above");
    assertThat(said()).containsExactly("no such key");
  }

  @Test
  void anotherKernelIsTold() {
    assertThatThrownBy(() -> new Asm(null, folder)).hasMessageContaining("notebooks/kernel.sh");
  }

  private Asm asm(String script) throws IOException {
    Path command = folder.resolve("asm");
    Files.writeString(command, "#!/usr/bin/env bash\n" + script + "\n");
    assertThat(command.toFile().setExecutable(true)).isTrue();
    return new Asm(command.toString(), folder);
  }

  private String[] said() {
    return printed.toString(StandardCharsets.UTF_8).strip().split("\n");
  }
}
