package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The program, bin/asm and Spark know the same options. */
class SparkOptionsTest {
  /** Which end spark-submit at once, and belong to the program here. */
  private static final Set<String> OURS = Set.of("--help", "-h", "--version", "--usage-error");

  @Test
  void theyAreThoseOfSparkSubmit() throws Exception {
    Set<String> switches = new TreeSet<>(sparks("switches"));
    switches.removeAll(OURS);

    assertThat(SparkOptions.WITH_VALUE).containsExactlyInAnyOrderElementsOf(sparks("opts"));
    assertThat(SparkOptions.SWITCHES).containsExactlyInAnyOrderElementsOf(switches);
  }

  @Test
  void binAsmKnowsTheSameOnes() throws Exception {
    String script = Files.readString(Page.ROOT.resolve("bin/asm"));
    Matcher list = Pattern.compile("spark_options=\" ([^\"]+) \"").matcher(script);
    assertThat(list.find()).isTrue();

    assertThat(list.group(1).split("\\s+", -1))
        .containsExactlyInAnyOrderElementsOf(SparkOptions.all());
  }

  @Test
  void theCommandIsFoundBehindThem() {
    assertThat(SparkOptions.before(List.of("--master", "yarn", "-v", "--conf=a=b", "train")))
        .isEqualTo(4);
    assertThat(SparkOptions.before(List.of("train", "--master", "yarn"))).isZero();
  }

  /** The options in a field of Spark's own parser. */
  private static List<String> sparks(String field) throws ReflectiveOperationException {
    Class<?> parser = Class.forName("org.apache.spark.launcher.SparkSubmitOptionParser");
    Constructor<?> constructor = parser.getDeclaredConstructor();
    constructor.setAccessible(true);
    Field names = parser.getDeclaredField(field);
    names.setAccessible(true);
    return Arrays.stream((String[][]) names.get(constructor.newInstance()))
        .flatMap(Arrays::stream)
        .toList();
  }
}
