package org.stylemining.inspection;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.stylemining.config.Size;

/** What one sample is like. */
final class Inspection {
  /** Of the image; null where it cannot be read. */
  Size size;

  /** How the image is stored; null where that cannot be told. */
  String image;

  /** How the label file is stored; null where that cannot be told, or where there is none. */
  String label;

  long imageBytes;
  long labelBytes;

  /** What the label file holds; empty where the set does not tell. */
  final Map<Integer, Long> values = new HashMap<>();

  /** Pixels by train id; null where the labels are damaged or there are none. */
  long[] classes;

  /** Pixels of no class. */
  long ignored;

  /** The picture for a person; null where none was asked for. */
  Panel panel;

  final Map<Fault, Examples.Example> faults = new EnumMap<>(Fault.class);

  void blame(Fault fault, String file, String detail) {
    faults.putIfAbsent(fault, new Examples.Example(file, detail));
  }
}
