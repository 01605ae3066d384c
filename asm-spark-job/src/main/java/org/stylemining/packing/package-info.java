/**
 * Packing of data sets: a task a shard; the driver puts finished shards in place and, last, the
 * manifest.
 */
package org.stylemining.packing;
