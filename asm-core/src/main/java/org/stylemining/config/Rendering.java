package org.stylemining.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;

/**
 * Writes a resolved configuration as HOCON, in the order of the records, the origin behind each
 * value.
 */
final class Rendering {
  private final Origins origins;
  private final StringBuilder text = new StringBuilder();

  private Rendering(Origins origins) {
    this.origins = origins;
  }

  static String of(String file, ConfigObject tree, Origins origins) {
    Rendering rendering = new Rendering(origins);
    rendering.text.append("# ").append(oneLine("Resolved from " + file)).append('\n');
    rendering.block(AsmConfig.class, tree, "", "");
    return rendering.text.toString();
  }

  private void block(Class<?> type, ConfigObject block, String path, String indent) {
    Schema.components(type)
        .forEach(
            (key, component) -> {
              ConfigValue value = block.get(key);
              if (value == null) {
                return;
              }
              if (Schema.isBlock(component.getType()) && value instanceof ConfigObject inner) {
                text.append(indent).append(key).append(" {\n");
                block(component.getType(), inner, path + key + ".", indent + "  ");
                text.append(indent).append("}\n");
              } else {
                value(key + " = ", value, path + key, indent);
              }
            });
  }

  private void value(String start, ConfigValue value, String path, String indent) {
    String origin = "  # " + oneLine(origins.of(path, value));
    if (value instanceof ConfigList list
        && list.stream().anyMatch(entry -> entry instanceof ConfigObject)) {
      text.append(indent).append(start).append("[").append(origin).append('\n');
      for (int i = 0; i < list.size(); i++) {
        value("", list.get(i), path + "[" + i + "]", indent + "  ");
      }
      text.append(indent).append("]\n");
    } else {
      text.append(indent).append(start).append(Mistakes.text(value)).append(origin).append('\n');
    }
  }

  private static String oneLine(String comment) {
    return comment.replaceAll("\\R", " ");
  }
}
