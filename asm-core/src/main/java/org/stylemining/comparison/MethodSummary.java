package org.stylemining.comparison;

import java.util.Map;
import java.util.SortedMap;

/**
 * One method over its seeds. Scores are fractions 0..1.
 *
 * @param method its name
 * @param settings what it sets, as {@code key=value} with blanks between
 * @param scores by seed
 * @param mean of the scores over the seeds; NaN where no cell is done
 * @param deviation over the seeds (n - 1); NaN of fewer than two
 * @param interval of the mean, by the bootstrap over images and seeds
 * @param classes of the measure by class, mean over the seeds; null for a class that the truth does
 *     not show
 * @param updates of the network, of each worker
 * @param sourceImages that it was trained on
 * @param trainSeconds mean over the seeds
 * @param evaluateSeconds mean over the seeds
 */
public record MethodSummary(
    String method,
    String settings,
    SortedMap<Long, Double> scores,
    double mean,
    double deviation,
    Interval interval,
    Map<String, Double> classes,
    long updates,
    long sourceImages,
    double trainSeconds,
    double evaluateSeconds) {}
