/** Scores of a trained network over a labelled set, computed on Spark. */
package org.stylemining.evaluation;
