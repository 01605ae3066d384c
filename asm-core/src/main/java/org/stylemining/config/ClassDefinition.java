package org.stylemining.config;

import java.io.Serializable;

/**
 * A class of the user's own: an entry of {@code data.classes}.
 *
 * @param name of the class
 * @param colour in which it is shown
 */
public record ClassDefinition(String name, Colour colour) implements Serializable {}
