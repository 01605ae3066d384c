package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.stylemining.config.ConfigReader;

class ConfigurationChangeTest {

  @Test
  void howARoundIsWaitedForMayChangeButNotHowItIsAveraged() {
    String before = configuration();

    assertThat(changes(before, configuration("sync.deadline=5", "sync.rollbacks=3"))).isEmpty();
    assertThat(
            changes(
                before,
                configuration(
                    "sync.weight=equal", "sync.outer={optimizer=nesterov, momentum=0.9}")))
        .extracting(ConfigurationChange::key)
        .containsExactly("sync.outer.momentum", "sync.outer.optimizer", "sync.weight");
    assertThat(
            ConfigurationChange.between(
                before, configuration("sync.weight=equal"), TrainerWiring.UNUSED_IN_PRETRAINING))
        .isEmpty();
  }

  @Test
  void aRunOfAnEarlierVersionGoesOnWhereLaterKeysHaveTheirDefaults() {
    // As an earlier version wrote it, without the blocks of averaging.
    String before =
        configuration()
            .lines()
            .filter(line -> !line.contains("optimizer-state"))
            .collect(Collectors.joining("\n"))
            .replaceAll("(?s)\\bouter \\{[^}]*}", "");
    assertThat(before).doesNotContain("outer");

    assertThat(changes(before, configuration())).isEmpty();
    assertThat(changes(before, configuration("sync.optimizer-state=reset")))
        .extracting(ConfigurationChange::before)
        .containsExactly("\"average\"");
  }

  @Test
  void theSameListOfSourcesIsNoChange() {
    String same = "data.sources=[{type=gta5, root=a}, {type=synthia, root=b}]";

    assertThat(changes(configuration(same), configuration(same))).isEmpty();
    assertThat(changes(configuration(same), configuration("data.sources=[{type=gta5, root=a}]")))
        .isNotEmpty();
  }

  private static List<ConfigurationChange> changes(String before, String now) {
    return ConfigurationChange.between(before, now, Pattern.compile("none"));
  }

  private static String configuration(String... overrides) {
    return ConfigReader.parse("", "test.conf", List.of(overrides)).render();
  }
}
