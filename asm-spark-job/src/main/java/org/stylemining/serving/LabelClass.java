package org.stylemining.serving;

/**
 * What a value in a label file means.
 *
 * @param value of its pixels
 * @param name of the class
 * @param color in which it is shown, {@code #rrggbb}
 */
record LabelClass(int value, String name, String color) {}
