/**
 * What the files of data sets are like and what is wrong with them, before anything is trained on
 * them: what one sample is, what the samples of a set add up to, and what follows from it. The
 * records are small, bounded and mergeable, so that a cluster's tasks can each fill their own.
 */
package org.stylemining.inspection;
