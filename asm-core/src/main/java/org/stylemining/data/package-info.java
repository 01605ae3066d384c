/**
 * The data sets that come with the program, which sets a configuration names, how samples are read,
 * augmented and ordered for training. Files are reached through Hadoop's FileSystem alone; nothing
 * here knows of networks.
 */
package org.stylemining.data;
