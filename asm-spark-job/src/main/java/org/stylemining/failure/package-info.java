/**
 * What is told of a job that failed: its first cause, where that was, and the executors' logs,
 * copied to the job's folder.
 */
package org.stylemining.failure;
