package org.stylemining.bench;

/**
 * The layers of one shape.
 *
 * @param layer name of the first
 * @param count how many there are
 * @param kind such as {@code convolution 3x3}
 * @param from shape of the input, [B, H, W, C]; empty for what is no layer
 * @param to shape of the result
 * @param computedBy such as {@code Winograd 3x3}
 * @param forward all of them, once; null where there is no such pass
 * @param backward all of them, once; null where there is no such pass
 * @param share of the medians in the whole step's, 0..1
 */
public record OperationRow(
    String layer,
    int count,
    String kind,
    String from,
    String to,
    String computedBy,
    Spread forward,
    Spread backward,
    double share) {

  /** What rows are totalled by: the kind of a layer without its numbers, such as its dilation. */
  String family() {
    return from.isEmpty() ? "beside the layers" : kind.replaceFirst("(, | of the | by ).*", "");
  }
}
