package org.stylemining.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Binds a tree of values to records: a key for each component; the component's type and annotations
 * say what is allowed. A mistake is noted and the rest is bound all the same, so that every mistake
 * is found in one go.
 */
final class Binder {
  private final Origins origins;
  private final Mistakes mistakes;
  private final Map<String, Record> blocks = new LinkedHashMap<>();

  Binder(Origins origins, Mistakes mistakes) {
    this.origins = origins;
    this.mistakes = mistakes;
  }

  /** The block bound at a key, where it holds no mistake. */
  <T extends Record> Optional<T> block(String key, Class<T> type) {
    return Optional.ofNullable(blocks.get(key)).map(type::cast);
  }

  /** The values of a block's components in their order; null where one holds a mistake. */
  List<Object> components(
      Class<? extends Record> block, ConfigObject object, String path, Allowed inherited) {
    String prefix = path.isEmpty() ? "" : path + ".";
    Map<String, RecordComponent> known = Schema.components(block);
    for (Map.Entry<String, ConfigValue> given : object.entrySet()) {
      if (!known.containsKey(given.getKey())) {
        unknown(prefix + given.getKey(), given.getValue());
      }
    }
    List<Object> bound = new ArrayList<>();
    known.forEach(
        (key, component) -> {
          Allowed allowed = inherited.narrowedBy(component);
          ConfigValue value = object.get(key);
          if (value == null) {
            String expected = allowed.describe(component.getGenericType());
            mistakes.missing(prefix + key, origins.of(path, object), expected);
            bound.add(null);
          } else {
            bound.add(value(component.getGenericType(), value, prefix + key, allowed));
          }
        });
    return Collections.unmodifiableList(bound);
  }

  private void unknown(String key, ConfigValue value) {
    mistakes.unknown(key, value, origins.of(key, value), NearestKey.to(key));
  }

  private Object value(Type type, ConfigValue value, String path, Allowed allowed) {
    if (Schema.isA(type, Optional.class)) {
      if (value.valueType() == ConfigValueType.NULL) {
        return Optional.empty();
      }
      Object present = value(Schema.argument(type), value, path, allowed.orNull());
      return present == null ? null : Optional.of(present);
    }
    if (Schema.isA(type, List.class)) {
      return list(Schema.argument(type), value, path, allowed);
    }
    if (Schema.isA(type, Map.class)) {
      return table(type, value, path, allowed);
    }
    Class<?> wanted = (Class<?>) type;
    if (wanted == ClassSelection.class) {
      return classes(value, path, allowed);
    }
    if (Schema.isBlock(wanted)) {
      return block(wanted.asSubclass(Record.class), value, path, allowed);
    }
    Object scalar = Scalars.read(wanted, value, allowed.within()).orElse(null);
    if (scalar == null) {
      mistake(wanted, value, path, allowed);
    }
    return scalar;
  }

  private List<Object> list(Type entry, ConfigValue value, String path, Allowed allowed) {
    if (!(value instanceof ConfigList entries) || (entries.isEmpty() && allowed.notEmpty())) {
      mistakes.add(path, value, origins.of(path, value), allowed.describeList(entry));
      return null;
    }
    List<Object> bound = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      bound.add(value(entry, entries.get(i), path + "[" + i + "]", allowed));
    }
    return bound.contains(null) ? null : bound;
  }

  /** Texts by name; a single one may stand for a list of it. */
  private Map<String, List<String>> table(
      Type type, ConfigValue value, String path, Allowed allowed) {
    if (!(value instanceof ConfigObject object)) {
      mistakes.add(path, value, origins.of(path, value), allowed.describe(type));
      return null;
    }
    Map<String, List<String>> table = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      List<ConfigValue> texts =
          entry.getValue() instanceof ConfigList list ? list : List.of(entry.getValue());
      List<String> read = new ArrayList<>();
      for (ConfigValue text : texts) {
        Scalars.read(String.class, text, Interval.ALL).map(String.class::cast).ifPresent(read::add);
      }
      if (read.isEmpty() || read.size() < texts.size()) {
        String key = path + "." + entry.getKey();
        mistakes.add(
            key,
            entry.getValue(),
            origins.of(key, entry.getValue()),
            "a value or a list of at least one");
      }
      table.put(entry.getKey(), read);
    }
    return table;
  }

  private ClassSelection classes(ConfigValue value, String path, Allowed allowed) {
    ClassSelection selection = ClassSelection.read(value).orElse(null);
    if (selection == null) {
      mistake(ClassSelection.class, value, path, allowed);
    }
    return selection;
  }

  private Record block(
      Class<? extends Record> type, ConfigValue value, String path, Allowed allowed) {
    if (!(value instanceof ConfigObject object)) {
      mistake(type, value, path, allowed);
      return null;
    }
    List<Object> components = components(type, object, path, allowed);
    if (components.contains(null)) {
      return null;
    }
    Record block = Records.construct(type, components.toArray());
    blocks.put(path, block);
    return block;
  }

  private void mistake(Class<?> wanted, ConfigValue value, String path, Allowed allowed) {
    mistakes.add(path, value, origins.of(path, value), allowed.describe(wanted));
  }
}
