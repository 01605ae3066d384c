package org.stylemining.config;

import java.io.Serializable;
import java.util.Optional;

/**
 * Labelled images of the target for {@link Method#SUPERVISED}: {@code data.supervised}.
 *
 * @param type which data set's layout and labels; empty where no set is given
 * @param root folder of the set
 * @param split a part of the set; all of it where empty
 * @param share of the set that is trained on, from its first image on in the order of their names
 */
public record SupervisedSet(
    Optional<String> type,
    Optional<String> root,
    Optional<String> split,
    @Within("(0, 1]") double share)
    implements Serializable {
  private Object writeReplace() {
    return new SerializedRecord(this);
  }
}
