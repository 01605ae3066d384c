/**
 * What the notebooks use beside the program's own classes: {@code bin/asm} as a process, pictures,
 * tables and charts in a cell's output, and the styles of a trained run. Nothing here trains or
 * scores.
 */
package org.stylemining.notebook;
