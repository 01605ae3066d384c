/** Runs whose processes are killed: what they leave is what an undisturbed run leaves. */
package org.stylemining.cluster.faults;
