/**
 * Spark's own places: what its user interface and its history server call jobs, and the gauges in
 * its metrics system. What is shown there is told by others; nothing decides by it.
 */
package org.stylemining.monitoring;
