package org.stylemining.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What the operations of a step ran as: libnd4j names each operation as it begins, oneDNN each
 * primitive as it ends, and {@link OperationRun} each layer.
 *
 * @param calls in order
 */
record OperationTrace(List<OperationCall> calls) {
  /** How a line begins that says which layer works from there on. */
  static final String LAYER = "asm layer: ";

  private static final String OPERATION = "Executing op: [";

  /** How libnd4j begins to say whether oneDNN gets the operation, and if not, why. */
  private static final String DECISION = "ONEDNN ";

  private static final String TAKEN = "meets the requirements";

  OperationTrace {
    calls = List.copyOf(calls);
  }

  static OperationTrace of(List<String> lines) {
    List<OperationCall> calls = new ArrayList<>();
    String layer = "";
    String operation = null;
    List<String> said = new ArrayList<>();
    for (String line : lines) {
      boolean marker = line.startsWith(LAYER);
      if (marker || line.startsWith(OPERATION)) {
        add(calls, layer, operation, said);
        operation = null;
        said.clear();
      }
      if (marker) {
        layer = line.substring(LAYER.length());
      } else if (line.startsWith(OPERATION)) {
        operation = line.substring(OPERATION.length(), line.lastIndexOf(']'));
      } else {
        said.add(line);
      }
    }
    add(calls, layer, operation, said);
    return new OperationTrace(calls);
  }

  private static void add(
      List<OperationCall> calls, String layer, String operation, List<String> said) {
    if (operation != null) {
      calls.add(new OperationCall(layer, operation, refusal(said), OneDnnTrace.of(said).ran()));
    }
  }

  /** Why libnd4j kept an operation from oneDNN, in its words; empty where it did not. */
  private static String refusal(List<String> said) {
    return said.stream()
        .filter(line -> line.startsWith(DECISION) && !line.endsWith(TAKEN))
        .map(line -> line.substring(line.indexOf(": ") + 2).replaceAll(" +", " "))
        .findFirst()
        .orElse("");
  }
}
