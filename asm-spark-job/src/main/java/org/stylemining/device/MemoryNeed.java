package org.stylemining.device;

import org.stylemining.adapt.WorkerMemory;

/**
 * Memory that a job needs.
 *
 * @param worker what one worker needs beside the Java heap
 * @param driver arrays of the driver, bytes
 * @param heap what a cluster's driver and each of its executors needs of its Java heap, bytes; 0:
 *     not known
 */
public record MemoryNeed(WorkerMemory worker, long driver, long heap) {}
