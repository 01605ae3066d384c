package org.stylemining.serving;

import java.util.Map;
import org.stylemining.image.LabelMap;

/**
 * What became of an image.
 *
 * @param of what the image was had from
 * @param files PNGs of the image's size; none where it could not be labelled
 * @param labels train ids; null where it could not be labelled
 * @param reason why it could not be labelled; null where it was
 */
record Labelled<T>(T of, Map<View, byte[]> files, LabelMap labels, String reason) {}
