package org.stylemining.training;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.UserMistake;

/** A key whose value differs between a run's configuration and the one it is to be resumed with. */
record ConfigurationChange(String key, String before, String now) {
  /**
   * What may change without another result: where things lie, what is kept, how fast it goes, and
   * what is done about faults.
   */
  private static final Pattern FREE =
      Pattern.compile(
          "checkpoint\\..*|sync\\.(deadline|deadline-factor|quorum|explosion|rollbacks)|report\\..*|evaluate\\..*|data\\.evaluation\\..*"
              + "|data\\.sources\\[\\d+]\\.root|data\\.target\\.root|data\\.supervised\\.root|style\\.rain|style\\.encoder-weights|style\\.pretrain\\.styles"
              + "|model\\.initial-weights|data\\.prefetch|data\\.max-bad-fraction|cluster\\.threads|cluster\\.workers"
              + "|data\\.classes\\[\\d+]\\.colour|data\\.custom\\[\\d+]\\.score|data\\.custom-defaults\\..*"
              + "|cluster\\.device|cluster\\.executors\\..*|cluster\\.memory-check");

  private static final String UNSET = "unset";

  /**
   * The changes that would lead to another result. A key that the run's program did not have yet is
   * as its default, by which nothing changes.
   *
   * @param before the run's configuration, as HOCON
   * @param now the one it is to go on with
   * @param unused keys that this kind of run does not look at
   */
  static List<ConfigurationChange> between(String before, String now, Pattern unused) {
    Map<String, String> old = values(before);
    Map<String, String> fresh = values(now);
    Map<String, String> defaults =
        values(ConfigReader.parse("", "reference.conf", List.of()).render());
    defaults.keySet().retainAll(fresh.keySet());
    defaults.forEach(old::putIfAbsent);
    TreeSet<String> keys = new TreeSet<>(old.keySet());
    keys.addAll(fresh.keySet());
    List<ConfigurationChange> changes = new ArrayList<>();
    for (String key : keys) {
      String was = old.getOrDefault(key, UNSET);
      String is = fresh.getOrDefault(key, UNSET);
      // A list that an older version did not know was as good as empty.
      boolean isNew = was.equals(UNSET) && is.equals("[]");
      if (!was.equals(is)
          && !isNew
          && !FREE.matcher(key).matches()
          && !unused.matcher(key).matches()) {
        changes.add(new ConfigurationChange(key, was, is));
      }
    }
    return changes;
  }

  /** Refuses to go on with a run under a configuration that leads elsewhere. */
  static void refuse(String option, String run, List<ConfigurationChange> changes) {
    if (!changes.isEmpty()) {
      StringBuilder message =
          new StringBuilder(
              option + ": the run in " + run + " was started with another configuration:");
      changes.forEach(
          change ->
              message
                  .append("\n  ")
                  .append(change.key)
                  .append(" was ")
                  .append(change.before)
                  .append(", found ")
                  .append(change.now));
      throw new UserMistake(message.toString());
    }
  }

  private static Map<String, String> values(String hocon) {
    Map<String, String> values = new TreeMap<>();
    gather("", ConfigFactory.parseString(hocon).resolve().root(), values);
    return values;
  }

  private static void gather(String key, ConfigValue value, Map<String, String> values) {
    if (value instanceof ConfigObject object) {
      object.forEach(
          (name, child) -> gather(key.isEmpty() ? name : key + "." + name, child, values));
    } else if (value instanceof ConfigList list
        && list.stream().anyMatch(ConfigObject.class::isInstance)) {
      for (int i = 0; i < list.size(); i++) {
        gather(key + "[" + i + "]", list.get(i), values);
      }
    } else {
      values.put(key, value.render(ConfigRenderOptions.concise()));
    }
  }
}
