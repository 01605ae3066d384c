/**
 * Sync rounds on Spark: workers train apart, then their parameters and optimizer states are
 * averaged. dl4j-spark is used here and nowhere else, behind {@link
 * org.stylemining.training.Averaging}.
 */
package org.stylemining.training;
