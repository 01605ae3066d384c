package org.stylemining.config;

import java.io.Serializable;
import java.util.List;

/**
 * The classes a score counts: {@code evaluate.classes}.
 *
 * @param set all, a named set, or those listed
 * @param names names of the classes where they are {@link ClassSet#LISTED}, else empty
 */
public record ClassSelection(ClassSet set, List<String> names) implements Serializable {
  public ClassSelection {
    names = List.copyOf(names);
  }
}
