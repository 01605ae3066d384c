package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code cluster.executors}.
 *
 * @param count executors waited for; 0: as many as Spark's settings ask for
 * @param waitSeconds time to wait for them
 * @param fewer what happens where fewer came
 */
public record ExecutorsConfig(
    @Within("[0, inf)") int count, @Within("[0, inf)") int waitSeconds, FewerExecutors fewer)
    implements Serializable {}
