package org.stylemining.data.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.UserMistake;
import org.stylemining.data.ConfiguredSets;
import org.stylemining.data.Datasets;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SampleReader;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.Sample;

class DigitSetsTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

  private void copy(String... names) throws IOException {
    for (String name : names) {
      Files.write(folder.resolve(name), DigitFormatsTest.file(name));
    }
  }

  private static Dataset dataset(String type) {
    return Datasets.installed().get("type", type);
  }

  private DatasetRoot root(String split) {
    return DatasetRoot.of(
        "data.sources[0]", folder.toString(), Optional.ofNullable(split), 2, HADOOP);
  }

  @Test
  void aSampleIsOneImageOfAFileWithTheClassOfTheWholeImage() throws Exception {
    copy("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz");
    List<Sample> samples = dataset("mnist").list(root("train"));

    assertThat(samples).hasSize(12);
    Sample third = samples.get(3);
    assertThat(third.name()).isEqualTo("train-images-idx3-ubyte.gz#3");
    assertThat(third.label().orElseThrow()).endsWith("/train-labels-idx1-ubyte.gz#3");
    assertThat(third.sourceIndex()).isEqualTo(2);
    LabelledImage read = new SampleReader(Datasets.installed(), HADOOP).read(third);
    assertThat(read.labelledAsWhole()).isTrue();
    assertThat(read.labels().ids()).containsExactly((byte) 3);
    assertThat(read.image().width()).isEqualTo(20);
    assertThat(read.image().at(4, 2, 1)).isEqualTo((37 * 3 + 11 * 2 + 5 * 4) % 256);
  }

  @Test
  void withoutASplitAllPartsThatAreThereAreListed() throws Exception {
    copy("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz");
    copy("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
    assertThat(dataset("mnist").list(root(null))).hasSize(24);
    assertThat(dataset("mnist").images(root("test")))
        .hasSize(12)
        .allSatisfy(sample -> assertThat(sample.label()).isEmpty());
    copy("train_32x32.mat");
    assertThat(dataset("svhn").list(root(null))).hasSize(12);
  }

  @ParameterizedTest
  @CsvSource({
    "usps.h5, test, usps.h5#test-7",
    "usps.bz2, train, usps.bz2#7",
    "usps.t, test, usps.t#7",
    "zip.train.gz, train, zip.train.gz#7",
    "zip.test, test, zip.test#7"
  })
  void uspsIsReadInEachOfItsForms(String file, String split, String name) throws Exception {
    copy(file);
    List<Sample> samples = dataset("usps").list(root(split));

    assertThat(samples).hasSize(12);
    assertThat(samples.get(7).name()).isEqualTo(name);
    LabelledImage read = new SampleReader(Datasets.installed(), HADOOP).read(samples.get(7));
    assertThat(read.labels().ids()).containsExactly((byte) 7);
    assertThat(read.image().at(2, 1, 0)).isEqualTo((37 * 7 + 11 + 10) % 256);
  }

  @Test
  void mistakesOfARootAreToldByName() throws Exception {
    assertMistake("mnist", "train", "expected train-images-idx3-ubyte", "of the part train");
    assertMistake("mnist", "val", "data.sources[0].split = val: expected one of train, test");
    assertMistake("svhn", null, "test_32x32.mat");
    copy("train-images-idx3-ubyte.gz");
    assertMistake("mnist", "train", "train-labels-idx1-ubyte or the same with .gz beside");
    assertThat(dataset("mnist").images(root("train"))).hasSize(12);
    Files.write(
        folder.resolve("train-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 4, 5});
    assertMistake("mnist", "train", "2 classes for 12 images");
    Files.write(folder.resolve("zip.train"), new byte[] {'3', ' ', 'x'});
    assertMistake("usps", "train", "zip.train: line 1: ");
  }

  private void assertMistake(String type, String split, String... parts) {
    assertThatThrownBy(() -> dataset(type).list(root(split)))
        .isInstanceOf(UserMistake.class)
        .satisfies(mistake -> assertThat(mistake.getMessage()).contains(parts));
  }

  @Test
  void anImageBeyondTheEndOfAFileIsDamage() throws Exception {
    copy("zip.test");
    String file = folder.resolve("zip.test").toUri().toString().replace("///", "/");
    Sample beyond = new Sample("usps", file + "#12", Optional.of(file + "#12"), 0);
    assertThatThrownBy(() -> new SampleReader(Datasets.installed(), HADOOP).read(beyond))
        .isInstanceOf(DamagedSample.class)
        .hasMessageContaining("holds 12 images");
  }

  @Test
  void aFileIsDecodedOnceForAllItsImages() throws Exception {
    copy("zip.test");
    int[] decoded = new int[1];
    DecodedFiles files = new DecodedFiles(1 << 30);
    DigitFormat counting =
        (file, part) -> {
          decoded[0]++;
          return UspsText.ZIP_CODE.read(file, part);
        };
    Digits kept = null;
    for (int i = 0; i < 3; i++) {
      kept = files.get("zip.test", "", counting, new Bytes(DigitFormatsTest.file("zip.test")));
    }
    assertThat(kept.imageCount()).isEqualTo(12);
    assertThat(decoded[0]).isEqualTo(1);
  }

  private record Bytes(byte[] file) implements org.stylemining.dataset.SampleFiles {
    @Override
    public byte[] bytes(String uri) {
      return file;
    }

    @Override
    public byte[] bytes(String uri, long from, int length) {
      throw new UnsupportedOperationException();
    }
  }

  private AsmConfig config(String... overrides) {
    return ConfigReader.parse(
        """
        include "reference.conf"
        data {
          sources = [ { type = mnist, root = "%1$s", split = train } ]
          target { type = usps, root = "%1$s", split = train }
          evaluation { type = usps, root = "%1$s", split = train }
          labels = digits10
        }
        model.network = resnet18
        """
            .formatted(folder),
        "test.conf",
        List.of(overrides));
  }

  @Test
  void aLimitedSourceIsDrawnWithTheSeed() throws Exception {
    copy("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz");
    List<Sample> drawn = sources("data.sources.0.limit=5");

    assertThat(drawn).hasSize(5).isEqualTo(sources("data.sources.0.limit=5"));
    assertThat(drawn).isSortedAccordingTo((a, b) -> number(a) - number(b));
    assertThat(sources("data.sources.0.limit=5", "seed=2")).isNotEqualTo(drawn);
    assertThat(sources("data.sources.0.limit=12")).isEqualTo(sources());
    assertThatThrownBy(() -> sources("data.sources.0.limit=13"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("data.sources[0].limit = 13: the set has 12 images");
  }

  private static int number(Sample sample) {
    return Integer.parseInt(sample.image().substring(sample.image().indexOf('#') + 1));
  }

  private List<Sample> sources(String... overrides) throws IOException {
    List<String> values =
        java.util.Arrays.stream(overrides)
            .map(
                value ->
                    value.replace(
                        "data.sources.0.limit=",
                        "data.sources=[{type=mnist,root=\"%s\",split=train,limit="
                            .formatted(folder)))
            .map(value -> value.startsWith("data.sources=") ? value + "}]" : value)
            .toList();
    return new ConfiguredSets(config(values.toArray(String[]::new)), HADOOP).sources().get(0);
  }

  @Test
  void theAnchorIsOneImageOfTheTargetsFileAndIsNotScored() throws Exception {
    copy("zip.train.gz");
    ConfiguredSets sets =
        new ConfiguredSets(config("data.target.anchors=[\"zip.train.gz#4\"]"), HADOOP);

    assertThat(sets.anchors()).singleElement().extracting(Sample::name).isEqualTo("zip.train.gz#4");
    assertThat(sets.evaluation())
        .hasSize(11)
        .noneSatisfy(sample -> assertThat(sample.name()).endsWith("#4"));
  }

  @Test
  void pixelSetsDoNotFitAClassifierOfWholeImages() throws Exception {
    String camvid = "data.sources=[{type=camvid,root=\"%s\"}]".formatted(folder);
    assertThatThrownBy(() -> new ConfiguredSets(config(camvid), HADOOP).sources())
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("its labels are camvid11, but data.labels = digits10");
  }

  @Test
  void theRealMnistIsWhole() throws Exception {
    List<Sample> samples = dataset("mnist").list(real("digits/mnist"));
    assertThat(samples).hasSize(70_000);
    SampleReader reader = new SampleReader(Datasets.installed(), HADOOP);
    // The first digits of both parts, as everybody knows them.
    assertThat(List.of(5, 0, 4, 1, 9)).isEqualTo(classes(reader, samples.subList(0, 5)));
    assertThat(List.of(7, 2, 1, 0, 4)).isEqualTo(classes(reader, samples.subList(60_000, 60_005)));
  }

  @Test
  void theRealUspsIsWhole() throws Exception {
    List<Sample> samples = dataset("usps").list(real("digits/usps"));
    assertThat(samples).hasSize(7291 + 2007);
    SampleReader reader = new SampleReader(Datasets.installed(), HADOOP);
    assertThat(List.of(6, 5, 4, 7, 3)).isEqualTo(classes(reader, samples.subList(0, 5)));
  }

  private static List<Integer> classes(SampleReader reader, List<Sample> samples)
      throws DamagedSample, IOException {
    List<Integer> classes = new java.util.ArrayList<>();
    for (Sample sample : samples) {
      classes.add((int) reader.read(sample).labels().ids()[0]);
    }
    return classes;
  }

  private static DatasetRoot real(String name) {
    String shared =
        Optional.ofNullable(System.getenv("ASM_SHARED_DATA")).orElse("../../shared/data");
    Path there = Path.of(shared, name);
    assumeTrue(Files.isDirectory(there), () -> "no " + there + ": set ASM_SHARED_DATA");
    return DatasetRoot.of("data.sources[0]", there.toString(), Optional.empty(), 0, HADOOP);
  }
}
