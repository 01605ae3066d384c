/**
 * What made a run: program, machine, seed and data, as one record that is written beside the
 * results. It only tells; nothing decides by it.
 */
package org.stylemining.provenance;
