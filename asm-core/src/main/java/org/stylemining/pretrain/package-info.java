/**
 * Training of RAIN before any adaptation: of an encoder where no published weights are at hand, of
 * the decoder, and of the auto-encoder over styles.
 */
package org.stylemining.pretrain;
