/**
 * Who trains on what: source batches by worker and round, named by paths and positions, and read
 * where the worker is. Images never pass through the driver.
 */
package org.stylemining.shard;
