/**
 * What made a thing that lies somewhere: a run folder, a checkpoint, scores, a packed set. Reads
 * what commands wrote beside their results; it starts no Spark and reads no weights.
 */
package org.stylemining.origin;
