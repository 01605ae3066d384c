/** Spark's own cluster manager. */
package org.stylemining.cluster.standalone;
