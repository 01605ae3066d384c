package org.stylemining.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ExamplesTest {
  @Property
  void thePartsAndTheirOrderDoNotMatter(
      @ForAll @Size(max = 60) List<@IntRange(max = 99) Integer> places,
      @ForAll @IntRange(min = 1, max = 7) int parts) {
    Examples whole = new Examples();
    Examples merged = new Examples();
    places.forEach(place -> whole.add(name(place), ""));
    for (int part = parts - 1; part >= 0; part--) {
      Examples some = new Examples();
      for (int i = part; i < places.size(); i += parts) {
        some.add(name(places.get(i)), "");
      }
      merged.merge(some);
    }

    assertThat(merged.count()).isEqualTo(places.size());
    assertThat(merged.list()).isEqualTo(whole.list());
    assertThat(merged.list()).hasSizeLessThanOrEqualTo(Examples.MOST);
    assertThat(merged.list().stream().map(Examples.Example::file))
        .containsExactlyElementsOf(
            places.stream()
                .distinct()
                .map(ExamplesTest::name)
                .sorted()
                .limit(Examples.MOST)
                .toList());
  }

  private static String name(int place) {
    return "%03d.png".formatted(place);
  }
}
