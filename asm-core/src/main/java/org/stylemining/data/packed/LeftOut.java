package org.stylemining.data.packed;

import java.io.Serializable;

/**
 * A sample that was not packed.
 *
 * @param image path of its image, relative to the set's root
 * @param reason what is wrong with one of its files, and with which
 */
public record LeftOut(String image, String reason) implements Serializable {}
