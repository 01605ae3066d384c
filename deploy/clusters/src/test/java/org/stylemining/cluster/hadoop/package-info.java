/** HDFS and YARN. */
package org.stylemining.cluster.hadoop;
