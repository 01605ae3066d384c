package org.stylemining.inspection;

import java.io.Serializable;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

/**
 * A sample for a person to look at.
 *
 * @param name of its image's file
 * @param image no wider than a screen shows it
 * @param labels of the image's size, as train ids; null where the set is without labels
 */
public record Panel(String name, RgbImage image, LabelMap labels) implements Serializable {}
