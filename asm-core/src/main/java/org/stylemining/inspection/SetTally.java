package org.stylemining.inspection;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.stylemining.config.Size;

/**
 * What the samples of one set add up to. Its size does not grow with the set: of what could be
 * without number a part is kept, and the rest counted.
 */
public final class SetTally implements Serializable {
  private static final long serialVersionUID = 1;

  /** Different sizes, and different values of label files, that are told apart. */
  private static final int MOST = 4096;

  private final TreeMap<String, Examples> imageModes = new TreeMap<>();
  private final TreeMap<String, Examples> labelModes = new TreeMap<>();
  private final HashMap<Size, Long> sizes = new HashMap<>();
  private final TreeMap<Integer, ValueCount> values = new TreeMap<>();
  private final EnumMap<Fault, Examples> faults = new EnumMap<>(Fault.class);
  private final Examples damagedAnchors = new Examples();
  private final TreeMap<Integer, Panel> panels = new TreeMap<>();
  private final long[] classPixels;
  private final long[] classFiles;
  private long samples;
  private long damaged;
  private long imageBytes;
  private long labelBytes;
  private long ignoredPixels;
  private long otherSizes;
  private long otherValues;

  /** Nothing yet. */
  public SetTally(int classes) {
    classPixels = new long[classes];
    classFiles = new long[classes];
  }

  /** Counts a sample. */
  void add(CheckedSet set, SampleToCheck sample, Inspection found) {
    String image = sample.sample().image();
    samples++;
    imageBytes += found.imageBytes;
    if (found.image != null) {
      modes(imageModes, found.image).add(image, "");
    }
    if (found.size != null) {
      size(found.size, 1);
    }
    boolean damage = false;
    boolean lost = false;
    for (Map.Entry<Fault, Examples.Example> entry : found.faults.entrySet()) {
      if (set.labelled() || entry.getKey().isOfImage()) {
        blame(entry.getKey(), entry.getValue().file(), entry.getValue().detail());
        damage |= entry.getKey().isDamage();
        lost |= entry.getKey().isOfImage();
      }
    }
    damaged += damage ? 1 : 0;
    if (lost && sample.anchor() && set.role() == SetRole.TARGET) {
      damagedAnchors.add(image, "");
    }
    if (found.size != null && (set.role() != SetRole.TARGET || sample.anchor())) {
      compare(set, image, found.size);
    }
    if (set.labelled()) {
      addLabels(sample, found);
    }
    if (found.panel != null) {
      panels.put(sample.place(), panel(set, sample, found.panel));
    }
  }

  private static Panel panel(CheckedSet set, SampleToCheck sample, Panel panel) {
    boolean anchor = sample.anchor() && set.role() == SetRole.TARGET;
    return new Panel(
        anchor ? panel.name() + ", an anchor" : panel.name(),
        panel.image(),
        set.labelled() ? panel.labels() : null);
  }

  private void compare(CheckedSet set, String image, Size size) {
    if (set.isSmallerThanCrop(size)) {
      blame(Fault.SMALLER_THAN_CROP, image, size.width() + "x" + size.height());
    }
    if (set.changesShape(size)) {
      blame(
          Fault.OTHER_ASPECT,
          image,
          String.format(
              Locale.ROOT,
              "%dx%d, stretched by %.0f%%",
              size.width(),
              size.height(),
              100 * (set.stretch(size) - 1)));
    }
  }

  private void addLabels(SampleToCheck sample, Inspection found) {
    labelBytes += found.labelBytes;
    if (found.label != null) {
      modes(labelModes, found.label).add(sample.sample().label().orElseThrow(), "");
    }
    found.values.forEach((value, pixels) -> value(value, new ValueCount(pixels, 1)));
    if (found.classes != null) {
      for (int k = 0; k < classPixels.length; k++) {
        classPixels[k] += found.classes[k];
        classFiles[k] += found.classes[k] > 0 ? 1 : 0;
      }
      ignoredPixels += found.ignored;
    }
  }

  /** Adds what another part of the set's samples came to. */
  public SetTally merge(SetTally other) {
    other.imageModes.forEach((mode, files) -> modes(imageModes, mode).merge(files));
    other.labelModes.forEach((mode, files) -> modes(labelModes, mode).merge(files));
    other.sizes.forEach(this::size);
    other.values.forEach(this::value);
    other.faults.forEach(
        (fault, files) -> faults.computeIfAbsent(fault, f -> new Examples()).merge(files));
    damagedAnchors.merge(other.damagedAnchors);
    panels.putAll(other.panels);
    for (int k = 0; k < classPixels.length; k++) {
      classPixels[k] += other.classPixels[k];
      classFiles[k] += other.classFiles[k];
    }
    samples += other.samples;
    damaged += other.damaged;
    imageBytes += other.imageBytes;
    labelBytes += other.labelBytes;
    ignoredPixels += other.ignoredPixels;
    otherSizes += other.otherSizes;
    otherValues += other.otherValues;
    return this;
  }

  private void blame(Fault fault, String file, String detail) {
    faults.computeIfAbsent(fault, f -> new Examples()).add(file, detail);
  }

  private static Examples modes(TreeMap<String, Examples> modes, String mode) {
    return modes.computeIfAbsent(mode, m -> new Examples());
  }

  private void size(Size size, long images) {
    if (sizes.size() < MOST || sizes.containsKey(size)) {
      sizes.merge(size, images, Long::sum);
    } else {
      otherSizes += images;
    }
  }

  private void value(int value, ValueCount count) {
    if (values.size() < MOST || values.containsKey(value)) {
      values.merge(value, count, ValueCount::plus);
    } else {
      otherValues += count.pixels();
    }
  }

  /** Samples counted. */
  public long samples() {
    return samples;
  }

  /** Those among them that training and scoring would leave out. */
  public long damaged() {
    return damaged;
  }

  /** Bytes of all image files. */
  public long imageBytes() {
    return imageBytes;
  }

  /** Bytes of all label files. */
  public long labelBytes() {
    return labelBytes;
  }

  /** Image files by {@link org.stylemining.image.ImageForm#mode()}. */
  public SortedMap<String, Examples> imageModes() {
    return Collections.unmodifiableSortedMap(imageModes);
  }

  /** Label files likewise. */
  public SortedMap<String, Examples> labelModes() {
    return Collections.unmodifiableSortedMap(labelModes);
  }

  /** Images by their size. */
  public Map<Size, Long> sizes() {
    return Collections.unmodifiableMap(sizes);
  }

  /** Images whose size is not among {@link #sizes()}, of which there were too many. */
  public long otherSizes() {
    return otherSizes;
  }

  /** What the label files hold, by value as it is stored. */
  public SortedMap<Integer, ValueCount> values() {
    return Collections.unmodifiableSortedMap(values);
  }

  /** Pixels whose value is not among {@link #values()}, of which there were too many. */
  public long otherValues() {
    return otherValues;
  }

  /** Number of classes. */
  public int classes() {
    return classPixels.length;
  }

  /** Pixels of a class in the label files that are not damaged. */
  public long classPixels(int trainId) {
    return classPixels[trainId];
  }

  /** Label files in which a class is. */
  public long classFiles(int trainId) {
    return classFiles[trainId];
  }

  /** Pixels of no class in them. */
  public long ignoredPixels() {
    return ignoredPixels;
  }

  /** A class's share of the pixels that are of any class; 0 where there is none. */
  public double share(int trainId) {
    long scored = scoredPixels();
    return scored == 0 ? 0 : (double) classPixels[trainId] / scored;
  }

  /** Pixels of any class. */
  public long scoredPixels() {
    long sum = 0;
    for (long pixels : classPixels) {
      sum += pixels;
    }
    return sum;
  }

  /** What was found against samples. */
  public Map<Fault, Examples> faults() {
    return Collections.unmodifiableMap(faults);
  }

  /** Anchor images that cannot be read. */
  public Examples damagedAnchors() {
    return damagedAnchors;
  }

  /** Samples to look at, by their place in the set. */
  public SortedMap<Integer, Panel> panels() {
    return Collections.unmodifiableSortedMap(panels);
  }
}
