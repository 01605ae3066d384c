package org.stylemining.device;

import org.stylemining.adapt.WorkerMemory;

/**
 * Memory that a job needs beside its Java heaps.
 *
 * @param worker what one worker needs
 * @param driver arrays of the driver, bytes
 */
public record MemoryNeed(WorkerMemory worker, long driver) {}
