/**
 * The task networks M and their losses. A network maps prepared images to predictions; it knows
 * nothing of styles or workers.
 */
package org.stylemining.task;
