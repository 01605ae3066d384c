/**
 * Weights in and out of files: tensors by name, the formats they come in (safetensors, PyTorch
 * checkpoints, models for TensorFlow.js, SqueezeNet's published weights) and the checkpoints of a
 * run. No network is built here, and nothing that a file holds is ever run.
 */
package org.stylemining.weights;
