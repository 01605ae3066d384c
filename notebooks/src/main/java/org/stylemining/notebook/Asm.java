package org.stylemining.notebook;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code bin/asm} as a process, its words and what it says as in a terminal. Relative paths are
 * those of the notebook's folder. It shares the cores out among its tasks by itself, whatever
 * number of threads the kernel has.
 */
public final class Asm {
  /** Set by {@code bin/asm notebook-kernel}. */
  private static final String COMMAND = "ASM_COMMAND";

  /** The kernel's own, which a command would take for the number of threads of each task. */
  private static final List<String> THREADS = List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS");

  /** Java's own notice, wherever its vector instructions are used. */
  private static final String NOTICE = "WARNING: Using incubator modules: jdk.incubator.vector";

  private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(10);

  private final String command;
  private final Path folder;

  /**
   * @throws IllegalStateException where this is not the notebooks' kernel
   */
  public Asm() {
    this(System.getenv(COMMAND), Path.of("").toAbsolutePath());
  }

  Asm(String command, Path folder) {
    if (command == null) {
      throw new IllegalStateException(
          COMMAND + " is not set: expected the kernel that notebooks/kernel.sh installs");
    }
    this.command = command;
    this.folder = folder;
  }

  /**
   * Runs a command to its end and prints what it says, paths below the notebook's folder as
   * relative ones. Of the lines that count rounds, those at least ten seconds apart and the last
   * are printed.
   *
   * @param words such as {@code "report", "runs/mine"}
   * @throws IllegalStateException where its exit status is not 0
   * @throws InterruptedException where the cell is interrupted; the command is ended then, and with
   *     the kernel
   */
  public void run(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeAll(THREADS);
    Process process = builder.start();
    Thread printing = new Thread(() -> print(process, System.out), "asm " + words[0]);
    printing.setDaemon(true);
    printing.start();
    Thread ending = new Thread(() -> end(process));
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      int status = process.waitFor();
      printing.join();
      if (status != 0) {
        throw new IllegalStateException(
            "asm %s: exit status %d; what it said is above"
                .formatted(String.join(" ", words), status));
      }
    } finally {
      end(process);
      Runtime.getRuntime().removeShutdownHook(ending);
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  private void print(Process process, PrintStream out) {
    RoundLines rounds = new RoundLines(BETWEEN_ROUNDS);
    String here = folder + "/";
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.equals(NOTICE) && rounds.shows(line, System.nanoTime())) {
          out.println(
              line.replace("file://" + here, "").replace("file:" + here, "").replace(here, ""));
        }
      }
    } catch (IOException e) {
      out.println("asm: no more of what it said can be read: " + e.getMessage());
    }
  }
}
