package org.stylemining.report;

/**
 * One sync round over all workers.
 *
 * @param round from 1
 * @param rounds of the whole run
 * @param update updates of each worker so far
 * @param updates of the whole run
 * @param workers that took part
 * @param loss mean over the round's mining steps and workers
 * @param images source images seen in this round, by all workers
 * @param imagesPerSecond source images of all workers by the round's time
 * @param seconds time of the round
 * @param trainSeconds part of it in which workers trained (the slowest one's)
 * @param syncSeconds part of it that sending and averaging took
 * @param damaged samples skipped so far in the run
 * @param timeLeftSeconds expected until the last round ends
 */
public record RoundRecord(
    int round,
    int rounds,
    long update,
    long updates,
    int workers,
    double loss,
    long images,
    double imagesPerSecond,
    double seconds,
    double trainSeconds,
    double syncSeconds,
    long damaged,
    double timeLeftSeconds)
    implements MetricsRecord {}
