package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code report}.
 *
 * @param stripEvery rounds between two strips of mining steps; 0: the first and the last round only
 */
public record ReportConfig(@Within("[0, inf)") int stripEvery) implements Serializable {}
