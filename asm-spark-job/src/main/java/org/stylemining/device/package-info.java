/**
 * What a worker computes on: its share of an executor's cores, or the GPU that Spark gave its task;
 * what it leaves there for the next task; and how many workers a cluster has room for.
 */
package org.stylemining.device;
