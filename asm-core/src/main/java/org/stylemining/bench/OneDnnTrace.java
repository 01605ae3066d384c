package org.stylemining.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What oneDNN says that it ran, where {@code DNNL_VERBOSE=1} is set: lines {@code
 * dnnl_verbose,exec,cpu,PRIMITIVE,IMPLEMENTATION,…} on the C library's standard output.
 *
 * @param library its version; empty where it said nothing
 * @param instructions the instruction set that it chose; empty where it said nothing
 * @param ran primitives and their implementations, such as {@code convolution jit:avx2}, in order
 */
public record OneDnnTrace(String library, String instructions, List<String> ran) {
  private static final String INFO = "dnnl_verbose,info,";
  private static final String EXEC = "dnnl_verbose,exec,";
  private static final String ISA = "cpu,isa:";

  public OneDnnTrace {
    ran = List.copyOf(ran);
  }

  /** Reads lines, of which many may be others. */
  public static OneDnnTrace of(List<String> lines) {
    String library = "";
    String instructions = "";
    List<String> ran = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(INFO + "oneDNN")) {
        library = line.substring(INFO.length()).replaceFirst(" \\(commit.*", "");
      } else if (line.startsWith(INFO + ISA)) {
        instructions = line.substring(INFO.length() + ISA.length());
      } else if (line.startsWith(EXEC)) {
        String[] parts = line.split(",");
        if (parts.length > 4) {
          ran.add(parts[3] + " " + parts[4]);
        }
      }
    }
    return new OneDnnTrace(library, instructions, ran);
  }

  /** The implementations of a primitive that ran, each once. */
  public List<String> implementations(String primitive) {
    return ran.stream()
        .filter(line -> line.startsWith(primitive + " "))
        .map(line -> line.substring(primitive.length() + 1))
        .distinct()
        .toList();
  }
}
