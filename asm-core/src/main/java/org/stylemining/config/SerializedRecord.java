package org.stylemining.config;

import java.io.Serializable;
import java.lang.reflect.RecordComponent;
import java.util.Optional;

/** Stands for a record in a serial stream, because {@link Optional} itself cannot be serialised. */
final class SerializedRecord implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Class<? extends Record> type;
  private final Object[] values;

  SerializedRecord(Record record) {
    type = record.getClass();
    RecordComponent[] components = type.getRecordComponents();
    values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        Object value = components[i].getAccessor().invoke(record);
        values[i] = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read the components of " + type.getName(), e);
    }
  }

  private Object readResolve() {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      boolean optional = components[i].getType() == Optional.class;
      arguments[i] = optional ? Optional.ofNullable(values[i]) : values[i];
    }
    return Records.construct(type, arguments);
  }
}
