package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code evaluate}.
 *
 * @param classes classes that count
 * @param resize size of the network's input; 0 x 0: {@code data.resize}
 * @param samples example predictions kept for the report
 */
public record EvaluateConfig(
    ClassSelection classes, @Within("[0, inf)") Size resize, @Within("[0, inf)") int samples)
    implements Serializable {}
