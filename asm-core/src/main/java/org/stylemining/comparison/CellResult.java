package org.stylemining.comparison;

import java.util.List;

/**
 * What a cell came to.
 *
 * @param cell whose result it is
 * @param images what its network made of each scored image, in the set's order
 * @param updates of the network, of each worker
 * @param sourceImages that it was trained on, of all workers together
 * @param trainSeconds that its rounds took
 * @param evaluateSeconds that its evaluation took
 */
public record CellResult(
    Cell cell,
    List<ImageMatrix> images,
    long updates,
    long sourceImages,
    double trainSeconds,
    double evaluateSeconds) {
  public CellResult {
    images = List.copyOf(images);
  }
}
