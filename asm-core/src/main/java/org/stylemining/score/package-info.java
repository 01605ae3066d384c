/**
 * How good a network is: one confusion matrix over a whole set, and the scores drawn from it. No
 * files, no Spark: a matrix is filled where the pictures are and merged where the answer is wanted.
 */
package org.stylemining.score;
