/** Labels for images: patterns on HDFS, and the network as a stage of Spark ML. */
package org.stylemining.cluster.labels;
