package org.stylemining.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.dataset.LabelTable;
import org.stylemining.dataset.Sample;
import org.stylemining.dataset.SampleFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.image.UnreadableImage;

class DatasetsTest {
  @TempDir Path folder;

  /** A plug-in: images and labels of no file at all. */
  public static class Digits implements Dataset {
    @Override
    public String type() {
      return "digits";
    }

    @Override
    public Optional<LabelTable> table() {
      return Optional.empty();
    }

    @Override
    public Optional<LabelSpace> space() {
      return Optional.of(new LabelSpace("two", List.of("0", "1"), new int[] {1, 2}));
    }

    @Override
    public boolean labelsWholeImages() {
      return true;
    }

    @Override
    public List<Sample> list(DatasetRoot root) {
      return List.of(new Sample("digits", "x#0", Optional.of("x#1"), root.sourceIndex()));
    }

    @Override
    public List<Sample> images(DatasetRoot root) {
      return List.of();
    }

    @Override
    public RgbImage image(Sample sample, SampleFiles files) throws UnreadableImage {
      if (sample.image().endsWith("#1")) {
        throw new UnreadableImage("no digit");
      }
      return RgbImage.black(3, 3);
    }

    @Override
    public LabelMap labels(Sample sample, SampleFiles files) {
      int size = sample.label().orElseThrow().endsWith("#3") ? 3 : 1;
      return LabelMap.filled(size, size, 1);
    }
  }

  /** Calls itself what another set is called. */
  public static final class Twin extends Digits {
    @Override
    public String type() {
      return "gta5";
    }
  }

  /** Answers with what the jar's line in META-INF/services brings in. */
  private Datasets withJar(String provider) throws Exception {
    SmallSets.write(
        folder.resolve("META-INF/services/" + Dataset.class.getName()),
        provider.getBytes(StandardCharsets.UTF_8));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, Dataset.class.getClassLoader()));
    try {
      return Datasets.installed();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aJarOfTheThreadsOwnBringsATypeIn() throws Exception {
    Datasets datasets = withJar(Digits.class.getName());

    assertThat(datasets.types()).contains("digits", "gta5");
    assertThat(Datasets.installed().types()).doesNotContain("digits");
  }

  @Test
  void aSetReadsItsSamplesInItsOwnWay() throws Exception {
    SampleReader reader = new SampleReader(withJar(Digits.class.getName()), SmallSets.HADOOP);

    LabelledImage digit = reader.read(new Sample("digits", "x#0", Optional.of("x#1"), 0));

    assertThat(digit.labelledAsWhole()).isTrue();
    assertThat(digit.labels().at(0, 0)).isEqualTo(1);
    assertThatThrownBy(() -> reader.read(new Sample("digits", "x#1", Optional.of("x#1"), 0)))
        .isInstanceOf(DamagedSample.class)
        .hasMessage("x#1: no digit");
    assertThatThrownBy(() -> reader.read(new Sample("digits", "x#0", Optional.of("x#3"), 0)))
        .isInstanceOf(DamagedSample.class)
        .hasMessageContaining("labels of 3x3 pixels, expected one: the class of the whole image");
  }

  @Test
  void aJarThatCannotBeUsedIsAMistakeOfTheUsers() throws Exception {
    assertThatThrownBy(() -> withJar("org.example.Missing").types())
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("a data set given with --jars cannot be used: ")
        .hasMessageContaining("org.example.Missing");
    assertThatThrownBy(() -> withJar(Twin.class.getName()).types())
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "two data sets are of type gta5: org.stylemining.data.Gta5Dataset and org.stylemining.data.DatasetsTest$Twin; leave one of their jars out");
  }
}
