/**
 * The check of a configuration's data sets on Spark: what is to be looked at, and one pass over all
 * of it. What is found, and what it means, is {@link org.stylemining.inspection}'s.
 */
package org.stylemining.check;
