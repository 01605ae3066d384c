/**
 * Vectors laid out in the plane for a person to look at, and what can be said of them in numbers
 * before they are laid out. It knows vectors alone, not what they stand for.
 */
package org.stylemining.embedding;
