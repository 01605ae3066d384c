package org.stylemining.comparison;

/**
 * How much better one method is than another, over the seeds that both have. Scores are fractions
 * 0..1.
 *
 * @param method the one
 * @param other the other
 * @param seeds that both have
 * @param mean difference in score; NaN where they share no seed
 * @param deviation of the difference over the seeds (n - 1); NaN of fewer than two
 * @param p of a two-sided paired t-test over the seeds; NaN of fewer than two, or where all
 *     differences are equal
 * @param interval of the mean difference, by the paired bootstrap over images and seeds
 */
public record Difference(
    String method,
    String other,
    int seeds,
    double mean,
    double deviation,
    double p,
    Interval interval) {}
