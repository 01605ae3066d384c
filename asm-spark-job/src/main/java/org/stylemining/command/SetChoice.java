package org.stylemining.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.EvaluationSet;
import org.stylemining.config.SourceSet;
import org.stylemining.config.TargetSet;
import org.stylemining.config.UserMistake;

/**
 * The set that is packed.
 *
 * @param name for messages and for Spark: CONF, or the type
 * @param config CONF, or all defaults
 * @param key of its block, for messages
 * @param type of it
 * @param root where it lies
 * @param split a part of it; empty: all
 */
record SetChoice(
    String name, AsmConfig config, String key, String type, String root, Optional<String> split) {

  /**
   * The set that a configuration has, or that options name.
   *
   * @throws UserMistake where neither does, or both do
   */
  static SetChoice of(
      Optional<String> conf,
      List<String> overrides,
      Optional<String> key,
      Optional<String> type,
      Optional<String> root,
      Optional<String> split) {
    if (conf.isPresent()) {
      if (type.isPresent() || root.isPresent() || split.isPresent()) {
        throw new UserMistake(
            "datasets pack: expected CONF, or --type and --root; found both (of CONF's sets --set names one)");
      }
      return of(new ConfArguments(conf.get(), overrides), key);
    }
    if (type.isEmpty() || root.isEmpty() || key.isPresent()) {
      throw new UserMistake(
          "datasets pack: expected CONF, with --set where it has several sources, or --type and --root");
    }
    ObjectNode block = JsonNodeFactory.instance.objectNode();
    block.put("type", type.get()).put("root", root.get());
    AsmConfig config =
        ConfigReader.parse("data.sources = [" + block + "]", "--type, --root", List.of());
    return new SetChoice(type.get(), config, "set", type.get(), root.get(), split);
  }

  private static SetChoice of(ConfArguments conf, Optional<String> key) {
    AsmConfig config = conf.read();
    Map<String, SetChoice> sets = new LinkedHashMap<>();
    List<SourceSet> sources = config.data().sources();
    for (int i = 0; i < sources.size(); i++) {
      SourceSet source = sources.get(i);
      add(
          sets,
          conf,
          config,
          "data.sources[" + i + "]",
          source.type(),
          source.root(),
          source.split());
    }
    TargetSet target = config.data().target();
    target
        .root()
        .ifPresent(
            root -> add(sets, conf, config, "data.target", target.type(), root, target.split()));
    EvaluationSet scored = config.data().evaluation();
    if (scored.type().isPresent() && scored.root().isPresent()) {
      add(
          sets,
          conf,
          config,
          "data.evaluation",
          scored.type().get(),
          scored.root().get(),
          scored.split());
    }
    if (key.isEmpty() && sources.size() == 1 && !sets.isEmpty()) {
      return sets.values().iterator().next();
    }
    if (key.isEmpty() || !sets.containsKey(key.get())) {
      throw new UserMistake(
          "--set%s: expected one of %s"
              .formatted(
                  key.map(" "::concat).orElse(""),
                  sets.isEmpty()
                      ? "CONF's sets, but none of them has a root"
                      : String.join(", ", sets.keySet())));
    }
    return sets.get(key.get());
  }

  private static void add(
      Map<String, SetChoice> sets,
      ConfArguments conf,
      AsmConfig config,
      String key,
      String type,
      String root,
      Optional<String> split) {
    if (!root.isBlank()) {
      sets.put(
          key, new SetChoice(conf.toString() + " --set " + key, config, key, type, root, split));
    }
  }
}
