package org.stylemining.doctor;

/**
 * Something that holds here.
 *
 * @param group what it is about, such as {@code threads}
 * @param name unique in its group
 * @param value in words, with its unit
 */
public record Fact(String group, String name, String value) {}
