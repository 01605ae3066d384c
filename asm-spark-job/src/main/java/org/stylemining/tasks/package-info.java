/**
 * Work over many files, done by Spark's tasks: who does which, how much of a heap they may take at
 * the same time, and what a person is told meanwhile.
 */
package org.stylemining.tasks;
