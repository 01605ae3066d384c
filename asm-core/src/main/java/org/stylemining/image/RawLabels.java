package org.stylemining.image;

/**
 * The first channel of a label file, or all three as a colour, exactly as stored: no colour
 * conversion, no scaling.
 *
 * @param width in pixels
 * @param height in pixels
 * @param bits of one stored value: 1, 2, 4, 8 or 16
 * @param channels of the file
 * @param values {@code height x width} values of the first channel (palette files: the index), or
 *     colours {@code 0xRRGGBB}; row-major
 */
public record RawLabels(int width, int height, int bits, int channels, int[] values) {}
