/**
 * Loops over float arrays that live off the heap on a CPU, for work that ND4J has no single
 * operation for: tiles of Winograd's convolution, fused passes of batch-norm. Lines of channels are
 * copied to the heap, where the JIT compiler vectorises, and back. Nothing here is used on a GPU or
 * in double.
 */
package org.stylemining.nn.cpu;
