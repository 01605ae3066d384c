package org.stylemining.data;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.Dataset;

/**
 * The kinds of data sets that are known: this program's, those of plug-ins on the class path, and
 * those that a configuration defines. Where it is sent to another machine, plug-ins are looked for
 * anew there.
 */
public final class Datasets implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** The loader of the thread that made or received this; null: none. */
  private transient ClassLoader context;

  private transient volatile SortedMap<String, Dataset> found;

  private final List<CustomDataset> custom;

  private Datasets(List<CustomDataset> custom) {
    this.custom = custom;
    context = Thread.currentThread().getContextClassLoader();
  }

  /**
   * What a configuration's types can be.
   *
   * @throws UserMistake with every mistake in {@code data.custom}
   */
  public static Datasets of(AsmConfig config) {
    return config.data().custom().isEmpty()
        ? installed()
        : new Datasets(CustomDatasets.of(config, installed().types()));
  }

  /** Those that need no configuration. */
  public static Datasets installed() {
    return new Datasets(List.of());
  }

  /**
   * The data set whose {@link Dataset#type()} is {@code type}.
   *
   * @param key where the type was asked for, such as {@code data.sources[0].type}
   * @throws UserMistake where there is none, or where a plug-in cannot be used
   */
  public Dataset get(String key, String type) {
    Dataset dataset = byType().get(type);
    if (dataset == null) {
      throw new UserMistake(
          key + " = " + type + ": expected one of " + String.join(", ", byType().keySet()));
    }
    return dataset;
  }

  /** Every type, sorted. */
  public SortedSet<String> types() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(byType().keySet()));
  }

  private SortedMap<String, Dataset> byType() {
    SortedMap<String, Dataset> known = found;
    if (known == null) {
      // Two threads may look at the same time; both find the same.
      known = find();
      found = known;
    }
    return known;
  }

  /**
   * Users' own sets come in a jar that only the context's loader may see (spark-submit --jars). A
   * thread of some library may have another context than the task that it works for.
   */
  private SortedMap<String, Dataset> find() {
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    loaders.add(Dataset.class.getClassLoader());
    loaders.add(context);
    loaders.add(Thread.currentThread().getContextClassLoader());
    loaders.remove(null);
    SortedMap<String, Dataset> known = new TreeMap<>();
    custom.forEach(dataset -> known.put(dataset.type(), dataset));
    for (ClassLoader loader : loaders) {
      try {
        ServiceLoader.load(Dataset.class, loader).forEach(dataset -> add(known, dataset));
      } catch (ServiceConfigurationError e) {
        throw new UserMistake("a data set given with --jars cannot be used: " + e.getMessage(), e);
      }
    }
    return known;
  }

  private static void add(SortedMap<String, Dataset> known, Dataset dataset) {
    Dataset other = known.putIfAbsent(dataset.type(), dataset);
    // Two loaders may each have the same class.
    if (other != null && !other.getClass().getName().equals(dataset.getClass().getName())) {
      throw new UserMistake(
          "two data sets are of type %s: %s and %s; leave one of their jars out"
              .formatted(dataset.type(), other.getClass().getName(), dataset.getClass().getName()));
    }
  }

  @Serial
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    context = Thread.currentThread().getContextClassLoader();
  }
}
