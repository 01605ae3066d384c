package org.stylemining.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.stylemining.provenance.Build;

/** The program, its Java and the processor. */
final class Machine {
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  /** Extensions that decide how fast arrays are computed, by Linux's names. */
  private static final List<String> EXTENSIONS =
      List.of(
          "sse4_2",
          "avx",
          "avx2",
          "fma",
          "f16c",
          "avx512f",
          "avx512bw",
          "avx512_vnni",
          "avx512_bf16",
          "amx_bf16",
          "asimd");

  private Machine() {}

  static List<Fact> facts() {
    List<String> processor = processor();
    return List.of(
        new Fact("program", "version", Build.current().version()),
        new Fact("program", "commit", Build.current().commit()),
        new Fact(
            "program",
            "Java",
            "%s, %s"
                .formatted(System.getProperty("java.version"), System.getProperty("java.vendor"))),
        new Fact(
            "machine",
            "system",
            "%s %s, %s"
                .formatted(
                    System.getProperty("os.name"),
                    System.getProperty("os.version"),
                    System.getProperty("os.arch"))),
        new Fact(
            "machine",
            "processor",
            value(processor, "model name").orElse("unknown to " + PROCESSOR)),
        new Fact(
            "machine",
            "instruction sets",
            value(processor, "flags")
                .or(() -> value(processor, "Features"))
                .map(Machine::extensions)
                .orElse("unknown to " + PROCESSOR)));
  }

  private static String extensions(String flags) {
    List<String> all = List.of(flags.split(" "));
    return EXTENSIONS.stream().filter(all::contains).collect(Collectors.joining(" "));
  }

  private static List<String> processor() {
    try (Stream<String> lines = Files.lines(PROCESSOR)) {
      return lines.takeWhile(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      // Not a Linux: there is nothing of the kind to read.
      return List.of();
    }
  }

  private static Optional<String> value(List<String> lines, String key) {
    return lines.stream()
        .map(line -> line.split(":", 2))
        .filter(pair -> pair.length == 2 && pair[0].strip().equals(key))
        .map(pair -> pair[1].strip())
        .findFirst();
  }
}
