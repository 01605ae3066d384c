package org.stylemining.data;

import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.stylemining.config.UserMistake;

/** The kinds of data sets that are known: this program's and those on the class path. */
public final class Datasets {
  private Datasets() {}

  /**
   * The data set whose {@link Dataset#type()} is {@code type}.
   *
   * @param key where the type was asked for, such as {@code data.sources[0].type}
   * @throws UserMistake where there is none
   */
  public static Dataset of(String key, String type) {
    SortedMap<String, Dataset> known = new TreeMap<>();
    for (Dataset dataset : ServiceLoader.load(Dataset.class, Dataset.class.getClassLoader())) {
      known.put(dataset.type(), dataset);
    }
    // Users' own sets come in a jar that only the context's loader sees (spark-submit --jars).
    for (Dataset dataset : ServiceLoader.load(Dataset.class)) {
      known.putIfAbsent(dataset.type(), dataset);
    }
    Dataset dataset = known.get(type);
    if (dataset == null) {
      throw new UserMistake(
          key + " = " + type + ": expected one of " + String.join(", ", known.keySet()));
    }
    return dataset;
  }
}
