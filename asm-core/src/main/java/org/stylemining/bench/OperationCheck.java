package org.stylemining.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether each convolution, matrix product, batch-norm and pooling that a mining step asks ND4J for
 * runs as oneDNN's primitive, and not on a reference implementation. What layers compute in Java,
 * and what oneDNN has no part in here, such as sums and ReLUs, is not looked at.
 *
 * @param library oneDNN's version and the instruction set that it chose
 * @param implementations how often each operation ran as what, by {@code operation: primitives}
 * @param slow operations off the fast path, with layer, shape and reason, each once
 */
public record OperationCheck(
    String library, Map<String, Integer> implementations, List<String> slow) {
  private static final String HEAP = "2g";
  private static final int PATIENCE = 600;

  public OperationCheck {
    slow = List.copyOf(slow);
  }

  /**
   * Makes one step in a process of its own.
   *
   * @throws IllegalStateException where that process fails, or names no operation
   */
  public static OperationCheck run(StepSize size) {
    List<String> lines =
        new OneDnnProcess(OperationRun.class, HEAP, PATIENCE)
            .run(
                List.of(),
                List.of(
                    String.valueOf(size.batch()),
                    String.valueOf(size.height()),
                    String.valueOf(size.width())));
    return of(lines);
  }

  static OperationCheck of(List<String> lines) {
    OneDnnTrace trace = OneDnnTrace.of(lines);
    List<OperationCall> calls =
        OperationTrace.of(lines).calls().stream().filter(OperationCall::accelerated).toList();
    if (calls.isEmpty()) {
      throw new IllegalStateException("a mining step named none of its operations");
    }
    Map<String, Integer> implementations = new TreeMap<>();
    Map<String, Integer> slow = new LinkedHashMap<>();
    for (OperationCall call : calls) {
      String ran =
          call.work().isEmpty()
              ? "not oneDNN's"
              : call.work().stream().distinct().collect(Collectors.joining(" + "));
      implementations.merge(call.operation() + ": " + ran, 1, Integer::sum);
      call.slow()
          .ifPresent(
              why ->
                  slow.merge(
                      "%s: %s %s".formatted(call.layer(), call.operation(), why), 1, Integer::sum));
    }
    List<String> found = new ArrayList<>();
    slow.forEach(
        (what, times) -> found.add(times == 1 ? what : what + ", %d times".formatted(times)));
    return new OperationCheck(
        trace.library() + ", " + trace.instructions(), implementations, found);
  }

  /** Whether nothing is off the fast path. */
  public boolean passed() {
    return slow.isEmpty();
  }

  /** All of it. */
  public String toJson() {
    return Json.of(this);
  }

  /** A table in Markdown of what ran, and what fell off. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(library.startsWith(",") ? "oneDNN said nothing" : library).append("\n\n");
    text.append("| operation: as | calls |\n|---|--:|\n");
    implementations.entrySet().stream()
        .sorted(
            Comparator.comparing(
                (Map.Entry<String, Integer> e) -> e.getKey().replaceFirst(":.*", "")))
        .forEach(e -> text.append("| %s | %d |%n".formatted(e.getKey(), e.getValue())));
    text.append('\n');
    if (passed()) {
      text.append("None of them is off the fast path.\n");
    } else {
      text.append("Off the fast path:\n");
      slow.forEach(what -> text.append("- ").append(what).append('\n'));
    }
    return text.toString();
  }
}
