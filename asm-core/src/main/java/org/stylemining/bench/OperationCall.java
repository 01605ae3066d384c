package org.stylemining.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One operation as it ran.
 *
 * @param layer whose it was, with its pass and shape
 * @param operation libnd4j's name, such as {@code conv2d}
 * @param refusal why libnd4j kept it from oneDNN, in its words; empty where it did not
 * @param ran oneDNN's primitives and their implementations, such as {@code convolution jit:avx2}
 */
record OperationCall(String layer, String operation, String refusal, List<String> ran) {
  private static final String CONVOLUTION = "convolution";
  private static final String POOLING = "pooling";

  /** The primitives that operations are to run as; a backward convolution takes two. */
  private static final Map<String, List<String>> EXPECTED =
      Map.of(
          "conv2d", List.of(CONVOLUTION),
          "conv2d_bp", List.of(CONVOLUTION, CONVOLUTION),
          "matmul", List.of("matmul"),
          "batchnorm", List.of("batch_normalization"),
          "maxpool2d", List.of(POOLING),
          "maxpool2d_bp", List.of(POOLING));

  OperationCall {
    ran = List.copyOf(ran);
  }

  /** Whether oneDNN has primitives for it that it is to run as. */
  boolean accelerated() {
    return EXPECTED.containsKey(operation);
  }

  /** The primitives that did the work, without copies between layouts. */
  List<String> work() {
    return ran.stream().filter(p -> !p.startsWith("reorder ")).toList();
  }

  /** Why it is off the fast path; empty where it is on it. */
  Optional<String> slow() {
    if (!accelerated()) {
      return Optional.empty();
    }
    String primitive = EXPECTED.get(operation).get(0);
    List<String> found = ran.stream().filter(p -> isOf(primitive, p)).toList();
    if (found.size() < EXPECTED.get(operation).size()) {
      return Optional.of(
          "expected %d of oneDNN's %s, found %s%s"
              .formatted(
                  EXPECTED.get(operation).size(),
                  primitive,
                  found.isEmpty() ? "none" : String.join(", ", found),
                  refusal.isEmpty() ? "" : " (" + refusal + ")"));
    }
    return found.stream()
        .filter(OperationCall::isReference)
        .findFirst()
        .map("ran on a reference implementation, "::concat);
  }

  /** A primitive's second edition, such as {@code pooling_v2}, counts. */
  private static boolean isOf(String primitive, String ran) {
    return ran.startsWith(primitive + " ") || ran.startsWith(primitive + "_v2 ");
  }

  /** oneDNN names the plain loops that it falls back to {@code ref} or {@code simple}. */
  private static boolean isReference(String ran) {
    String implementation = ran.substring(ran.indexOf(' ') + 1);
    for (String part : implementation.split(":")) {
      if (part.equals("ref") || part.startsWith("ref_") || part.startsWith("simple")) {
        return true;
      }
    }
    return false;
  }
}
