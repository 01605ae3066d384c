package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code report}.
 *
 * @param stripEvery rounds between two strips of mining steps; 0: the first and the last round only
 * @param tensorboard whether TensorBoard's event files are written while the run goes on
 */
public record ReportConfig(@Within("[0, inf)") int stripEvery, boolean tensorboard)
    implements Serializable {}
