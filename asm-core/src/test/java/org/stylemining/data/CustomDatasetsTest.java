package org.stylemining.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Sample;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;

class CustomDatasetsTest {
  @TempDir Path folder;

  private static Datasets datasets(String definition, String... settings) {
    return Datasets.of(
        ConfigReader.parse(
            "data.custom = [{ " + definition + " }]\n" + String.join("\n", settings),
            "test",
            List.of()));
  }

  private List<Sample> list(String definition) throws Exception {
    return datasets(definition).get("x", "mine").list(SmallSets.root(folder));
  }

  private List<Sample> list(String definition, String split) throws Exception {
    return datasets(definition).get("x", "mine").list(SmallSets.root(folder, split));
  }

  private void image(String... names) {
    for (String name : names) {
      SmallSets.image(folder.resolve(name), 8, 6);
    }
  }

  private void label(String... names) {
    for (String name : names) {
      SmallSets.grey(folder.resolve(name), 8, 6, 7);
    }
  }

  private List<String> names(List<Sample> samples) {
    return samples.stream()
        .map(
            sample ->
                relative(sample.image()) + sample.label().map(l -> " " + relative(l)).orElse(""))
        .toList();
  }

  private String relative(String uri) {
    String start = folder.toUri().getPath();
    return uri.substring(uri.indexOf(start) + start.length());
  }

  @Test
  void pairsFilesByTheWordThatTheirPathsHaveInCommon() throws Exception {
    image("rgb/b/2_rgb.png", "rgb/a/1_rgb.png", "rgb/3_rgb.png", "rgb/a/1_depth.png");
    label("gt/x/y/1_gt.png", "gt/2_gt.png", "gt/3_gt.png");

    List<Sample> samples =
        list(
            "type = mine, images = \"rgb/**/{name}_rgb.png\", labels = \"gt/**/{name}_gt.png\", values { road = 7 }");

    assertThat(names(samples))
        .containsExactly(
            "rgb/3_rgb.png gt/3_gt.png",
            "rgb/a/1_rgb.png gt/x/y/1_gt.png",
            "rgb/b/2_rgb.png gt/2_gt.png");
    assertThat(samples).allMatch(sample -> sample.source().equals("mine"));
  }

  @Test
  void severalWordsTellFilesOfOneNameApart() throws Exception {
    image("0001/rgb/a.png", "0002/rgb/a.png");
    label("0001/gt/a.png", "0002/gt/a.png");

    assertThat(
            names(
                list(
                    "type = mine, images = \"{drive}/rgb/{name}.png\", labels = \"{drive}/gt/{name}.png\", values { road = 7 }")))
        .containsExactly("0001/rgb/a.png 0001/gt/a.png", "0002/rgb/a.png 0002/gt/a.png");
    assertThatThrownBy(
            () ->
                list(
                    "type = mine, images = \"*/rgb/{name}.png\", labels = \"*/gt/{name}.png\", values { road = 7 }"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("two files of one name: ")
        .hasMessageContaining("0001/rgb/a.png and ");
  }

  @Test
  void aWordMayOccurTwiceInOnePath() throws Exception {
    image("a/a_1.png", "b/b_1.png", "b/a_1.png");
    label("gt/a_1.png", "gt/b_1.png");

    assertThat(
            names(
                list(
                    "type = mine, images = \"{city}/{city}_{name}.png\", labels = \"gt/{city}_{name}.png\", values { road = 7 }")))
        .containsExactly("a/a_1.png gt/a_1.png", "b/b_1.png gt/b_1.png");
  }

  @Test
  void theSplitIsAFolderOrAPartOfANameOrAllOfThem() throws Exception {
    image("img/train/1.png", "img/val/2.png");
    label("gt/train_1.png", "gt/val_2.png");
    String inBoth =
        "type = mine, images = \"img/{split}/{name}.png\", labels = \"gt/{split}_{name}.png\", values { road = 7 }";
    String inImages =
        "type = mine, images = \"img/{split}/{name}.png\", labels = \"gt/*_{name}.png\", values { road = 7 }";

    assertThat(names(list(inBoth, "val"))).containsExactly("img/val/2.png gt/val_2.png");
    assertThat(list(inBoth)).hasSize(2);
    assertThat(names(list(inImages, "train"))).containsExactly("img/train/1.png gt/train_1.png");
    assertThat(list(inImages)).hasSize(2);
    assertThatThrownBy(() -> list(inBoth, "test"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("data.sources[0].split = test: there is no folder ")
        .hasMessageContaining("has train, val");
    assertThatThrownBy(
            () ->
                list(
                    "type = mine, images = \"img/*/{name}.png\", labels = \"gt/*_{name}.png\", values { road = 7 }",
                    "val"))
        .hasMessageContaining(
            "data.sources[0].split = val: sets of type mine have no parts, as data.custom[0].images = img/*/{name}.png has no {split}");
  }

  @Test
  void saysWhichFilesAreNotInPairs() {
    image("rgb/1.png", "rgb/2.png");
    label("gt/2.png", "gt/3.png");

    assertThatThrownBy(
            () ->
                list(
                    "type = mine, images = \"rgb/{name}.png\", labels = \"gt/{name}.png\", values { road = 7 }"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(
            "(mine): files that are not in pairs: without a label in gt/{name}.png: ")
        .hasMessageContaining("rgb/1.png; without an image in rgb/{name}.png: ");
  }

  @Test
  void saysWhatLiesThereWhereNothingMatches() {
    image("rgb/1.jpg", "rgb/a/2.jpg");
    label("gt/1.png");
    String rest = ", labels = \"gt/{name}.png\", values { road = 7 }";

    assertThatThrownBy(() -> list("type = mine, images = \"rgb/{name}.png\"" + rest))
        .isInstanceOf(UserMistake.class)
        .hasMessageEndingWith(
            "(mine): no file matches data.custom[0].images = rgb/{name}.png; rgb holds rgb/1.jpg, rgb/a/2.jpg");
    assertThatThrownBy(() -> list("type = mine, images = \"*/{name}.tif\"" + rest))
        .hasMessageEndingWith("it holds gt/1.png, rgb/1.jpg, rgb/a/2.jpg");
    assertThatThrownBy(() -> list("type = mine, images = \"img/{name}.jpg\"" + rest))
        .hasMessageEndingWith("expected a folder img in it, found gt, rgb");
  }

  @Test
  void readsValuesRangesAndWhatIsIgnored() throws Exception {
    SampleReader reader =
        new SampleReader(
            copy(
                datasets(
                    "type = mine, images = \"{name}.png\", labels = \"l/{name}.png\", values { road = 7, car = [9, \"20-22\"] }, ignored = [0, \"250-255\"]")),
            SmallSets.HADOOP);
    image("a.png");
    Sample sample =
        new Sample(
            "mine",
            folder.resolve("a.png").toString(),
            Optional.of(folder.resolve("l/a.png").toString()),
            0);
    int[][] valueAndId = {
      {7, 0}, {9, 13}, {20, 13}, {22, 13}, {0, LabelMap.IGNORE}, {253, LabelMap.IGNORE}
    };

    for (int[] pair : valueAndId) {
      SmallSets.grey(folder.resolve("l/a.png"), 8, 6, pair[0]);
      assertThat(reader.read(sample).labels().at(3, 3)).isEqualTo(pair[1]);
    }
    SmallSets.grey(folder.resolve("l/a.png"), 8, 6, 23);
    assertThatThrownBy(() -> reader.read(sample))
        .isInstanceOf(DamagedSample.class)
        .hasMessageContaining("1 unknown label value: 23 (48 pixels");
  }

  @Test
  void readsDeepLabelsOfSeveralChannels() throws Exception {
    SampleReader reader =
        new SampleReader(
            datasets(
                "type = mine, images = \"{name}.png\", labels = \"l/{name}.png\", bits = 16, channels = 3, values { sky = 4321 }"),
            SmallSets.HADOOP);
    image("a.png");
    SmallSets.rgb16(folder.resolve("l/a.png"), 8, 6, 4321);

    assertThat(
            reader
                .read(
                    new Sample(
                        "mine",
                        folder.resolve("a.png").toString(),
                        Optional.of(folder.resolve("l/a.png").toString()),
                        0))
                .labels()
                .at(0, 0))
        .isEqualTo(10);
  }

  @Test
  void readsColoursAsPilWritesThem() throws Exception {
    Datasets datasets =
        datasets(
            """
            type = mine, images = "{name}.png", labels = "l/{name}.png"
            colours { road = "#804080", car = ["#00008E", "#000046"], sky = "#ffffff" }
            ignored = ["#804081", "#000000"]
            """);
    SampleReader reader = new SampleReader(datasets, SmallSets.HADOOP);
    SmallSets.image(folder.resolve("a.png"), 23, 17);
    int[] ids = {0, LabelMap.IGNORE, 13, 13, 10, LabelMap.IGNORE};
    byte[] classes = resource("colours.expected.png");
    int[] expected = ImageFiles.decodeLabels(classes).values();

    for (String kind : List.of("rgb", "palette")) {
      SmallSets.write(folder.resolve("l/a.png"), resource("colours-" + kind + ".png"));
      Sample sample = datasets.get("x", "mine").list(SmallSets.root(folder)).get(0);
      LabelMap labels = reader.read(sample).labels();
      for (int i = 0; i < expected.length; i++) {
        assertThat(labels.ids()[i] & 0xFF).isEqualTo(ids[expected[i]]);
      }
    }
  }

  @Test
  void aSetWithoutLabelsIsATarget() throws Exception {
    image("rainy/1.png", "rainy/x/2.png");
    Datasets datasets = datasets("type = mine, images = \"**/*.png\"");

    assertThat(names(datasets.get("x", "mine").images(SmallSets.root(folder))))
        .containsExactly("rainy/1.png", "rainy/x/2.png");
    assertThatThrownBy(() -> datasets.get("x", "mine").list(SmallSets.root(folder)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(
            "data.sources[0].type = mine: its images have no labels (data.custom[0].labels is null)");
  }

  @Test
  void everyMistakeIsToldAtOnceWithItsPlace() {
    String message =
        catchThrowableOfType(
                UserMistake.class,
                () ->
                    Datasets.of(
                        ConfigReader.parse(
                            """
                            data.custom = [
                              { type = gta5, images = "/rgb/{name}.png", labels = "gt/{na-me}.png", values { roda = 7 } }
                              { type = mine, images = "rgb/{name}.png", labels = "gt/**.png", bits = 12, values { road = 7 } }
                              { type = mine, images = "rgb/{name}.png", labels = "gt/{id}.png", values { road = [7, "5-9"], car = 300 }, score = [street] }
                              { type = three, images = "{name}.png", labels = "gt/{name}.png", colours { road = "#80408", car = "#0000FF" }, ignored = ["#0000ff"] }
                              { type = four, images = "{name}.png", labels = "gt/{name}.png" }
                              { type = five, images = "{name}.png", values { road = 1 } }
                            ]
                            """,
                            "test",
                            List.of())))
            .getMessage();

    assertThat(message.lines())
        .containsExactlyInAnyOrder(
            "data.custom[0].type = \"gta5\" (test: 2): expected a word that no other data set has",
            "data.custom[0].images = \"/rgb/{name}.png\" (test: 2): expected a path relative to the set's root, without empty parts, . and ..",
            "data.custom[0].labels = \"gt/{na-me}.png\" (test: 2): expected each { to begin a word of letters and digits that } closes, as in {name}",
            "data.custom[0].values.roda = 7 (test: 2): expected a class of data.labels = cityscapes19, which has no roda; the nearest one is road",
            "data.custom[1].labels = \"gt/**.png\" (test: 3): expected ** to stand alone between slashes: it stands for any folders",
            "data.custom[1].bits = 12 (test: 3): expected 8 or 16",
            "data.custom[2].type = \"mine\" (test: 4): expected a word that no other data set has",
            "data.custom[2].values.road = [7,\"5-9\"] (test: 4): expected each value once; 7 is road already",
            "data.custom[2].values.car = 300 (test: 4): expected values 0 to 255 or ranges of them such as \"10-12\"; 300 is none",
            "data.custom[2].score = [\"street\"] (test: 4): expected a class of data.labels = cityscapes19, which has no street; the nearest one is truck",
            "data.custom[3].colours.road = \"#80408\" (test: 5): expected colours such as \"#804080\", in quotes; #80408 is none",
            "data.custom[3].ignored = [\"#0000ff\"] (test: 5): expected each colour once; #0000FF is car already",
            "data.custom[4].values = null (test: 6): expected what the values of label files mean, or data.custom[4].colours to be set",
            "data.custom[5].labels = null (test: 7): expected a pattern, as the set has a table of label values");
  }

  @Test
  void anImageAndItsLabelNeedAWordInCommon() {
    assertThatThrownBy(
            () ->
                datasets(
                    "type = mine, images = \"rgb/{name}.png\", labels = \"gt/{id}.png\", values { road = 7 }"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(
            "data.custom[0].labels = \"gt/{id}.png\" (test: 1): expected a word in braces that data.custom[0].images = rgb/{name}.png has too");
  }

  @Test
  void anUnknownTypeIsAnsweredWithThoseThatAre() {
    assertThatThrownBy(
            () -> datasets("type = mine, images = \"*.png\"").get("data.sources[0].type", "other"))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "data.sources[0].type = other: expected one of camvid, cityscapes, folder, gta5, mine, mnist, svhn, synthia, usps");
  }

  private static byte[] resource(String name) throws Exception {
    try (var in = CustomDatasetsTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static Datasets copy(Datasets datasets) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(datasets);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Datasets) in.readObject();
    }
  }

  @Test
  void filesOfHiddenFoldersAreNotCounted() throws Exception {
    image("rgb/1.png", "rgb/.thumbs/1.png");
    label("gt/1.png");
    Files.writeString(folder.resolve("gt/_SUCCESS"), "");

    assertThat(
            list(
                "type = mine, images = \"rgb/**/{name}.png\", labels = \"gt/**/{name}.png\", values { road = 7 }"))
        .hasSize(1);
  }
}
