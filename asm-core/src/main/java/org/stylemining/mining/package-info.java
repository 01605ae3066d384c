/**
 * Where codes of styles come from: the anchor of the target domain, sampling around it, and steps
 * towards harder styles.
 */
package org.stylemining.mining;
