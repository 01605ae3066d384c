/**
 * Runs whose processes are killed, stopped or slowed, or whose network is cut: what they leave is
 * what an undisturbed run leaves.
 */
package org.stylemining.cluster.faults;
