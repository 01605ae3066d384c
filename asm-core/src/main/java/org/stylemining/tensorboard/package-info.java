/**
 * A run's metrics as TensorBoard's event files: what the numbers are called there, and the format
 * of the files. Only written here, never read back.
 */
package org.stylemining.tensorboard;
