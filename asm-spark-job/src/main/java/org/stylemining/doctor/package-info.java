/**
 * What {@code doctor} finds out: the facts of a machine and of a build that decide whether it
 * computes fast and rightly, and checks that say what to do. It changes nothing and starts no
 * Spark.
 */
package org.stylemining.doctor;
