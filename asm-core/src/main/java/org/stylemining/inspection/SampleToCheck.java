package org.stylemining.inspection;

import java.io.Serializable;
import org.stylemining.dataset.Sample;

/**
 * A sample that is read once, however many sets it is in.
 *
 * @param sample image and, where one of the sets is labelled, its labels
 * @param sets indices of the sets, ascending
 * @param place in the first of the sets
 * @param anchor whether it is an anchor of the target
 * @param shown whether a picture of it is wanted
 * @param bytes of its files; 0 where that is not known
 */
public record SampleToCheck(
    Sample sample, int[] sets, int place, boolean anchor, boolean shown, long bytes)
    implements Serializable {}
