/**
 * Data sets: what samples a folder holds, what their label values mean, how a sample is read,
 * augmented and ordered for training. Files are reached through Hadoop's FileSystem alone; nothing
 * here knows of networks.
 */
package org.stylemining.data;
