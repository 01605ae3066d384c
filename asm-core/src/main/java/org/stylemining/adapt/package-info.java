/**
 * What one worker does with one source batch: adversarial style mining and the methods it is
 * compared with. Nothing here knows of other workers.
 */
package org.stylemining.adapt;
