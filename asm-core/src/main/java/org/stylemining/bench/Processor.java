package org.stylemining.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processor, as Linux tells of it.
 *
 * @param model its name
 * @param extensions those of its instruction sets that decide how fast arrays are computed
 */
public record Processor(String model, String extensions) {
  private static final Path FILE = Path.of("/proc/cpuinfo");
  private static final String UNKNOWN = "unknown to " + FILE;

  /** By Linux's names. */
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

  /** The one of this machine. */
  public static Processor here() {
    List<String> lines = lines();
    return new Processor(
        value(lines, "model name").orElse(UNKNOWN),
        value(lines, "flags")
            .or(() -> value(lines, "Features"))
            .map(Processor::known)
            .orElse(UNKNOWN));
  }

  private static String known(String flags) {
    List<String> all = List.of(flags.split(" "));
    return EXTENSIONS.stream().filter(all::contains).collect(Collectors.joining(" "));
  }

  private static List<String> lines() {
    try (Stream<String> lines = Files.lines(FILE)) {
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
