package org.stylemining.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Sample;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;

class SampleReaderTest {
  @TempDir Path folder;
  private final SampleReader reader = new SampleReader(Datasets.installed(), SmallSets.HADOOP);
  private Path image;
  private Path label;

  @BeforeEach
  void anImageOfEightBySix() {
    image = folder.resolve("image.png");
    label = folder.resolve("label.png");
    SmallSets.image(image, 8, 6);
  }

  private Sample sample(String type) {
    return new Sample(type, image.toString(), Optional.of(label.toString()), 0);
  }

  private DamagedSample damage(String type) {
    return catchThrowableOfType(DamagedSample.class, () -> reader.read(sample(type)));
  }

  private int trainId(String type, int value) throws Exception {
    if (type.equals("synthia")) {
      SmallSets.rgb16(label, 8, 6, value);
    } else {
      SmallSets.grey(label, 8, 6, value);
    }
    return reader.read(sample(type)).labels().at(5, 2);
  }

  @Test
  void mapsTheIdsOfGta5AndCityscapesToTrainIds() throws Exception {
    int[] ids = {7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33};
    for (int trainId = 0; trainId < ids.length; trainId++) {
      assertThat(trainId("gta5", ids[trainId])).isEqualTo(trainId);
      assertThat(trainId("cityscapes", ids[trainId])).isEqualTo(trainId);
    }
    for (int ignored : new int[] {0, 1, 6, 9, 10, 18, 29, 30, 34, 255}) {
      assertThat(trainId("gta5", ignored)).isEqualTo(LabelMap.IGNORE);
    }
  }

  @Test
  void mapsTheClassesOfSynthiaByName() throws Exception {
    int[][] valueAndTrainId = {
      {3, 0}, {4, 1}, {2, 2}, {21, 3}, {5, 4}, {7, 5}, {15, 6}, {9, 7}, {6, 8}, {16, 9}, {1, 10},
      {10, 11}, {17, 12}, {8, 13}, {18, 14}, {19, 15}, {20, 16}, {12, 17}, {11, 18}, {0, 255},
      {13, 255}, {14, 255}, {22, 255}
    };
    for (int[] pair : valueAndTrainId) {
      assertThat(trainId("synthia", pair[0])).isEqualTo(pair[1]);
    }
  }

  @Test
  void mapsTheClassesOfCamVid() throws Exception {
    for (int value = 0; value < 11; value++) {
      assertThat(trainId("camvid", value)).isEqualTo(value);
    }
    assertThat(trainId("camvid", 11)).isEqualTo(LabelMap.IGNORE);
  }

  @Test
  void readsIndicesOfAPaletteFileWhateverItsColours() throws Exception {
    SmallSets.write(label, ImageFiles.encodePalettePng(LabelMap.filled(8, 6, 26), new int[256]));
    assertThat(reader.read(sample("gta5")).labels().at(0, 0)).isEqualTo(13);
  }

  @Test
  void countsAnUnknownValueAndSaysWhereItIsFirst() {
    LabelMap labels = LabelMap.filled(8, 6, 3);
    labels.ids()[2 * 8 + 5] = 77;
    labels.ids()[3 * 8] = 77;
    SmallSets.write(label, ImageFiles.encodeGreyPng(labels));
    DamagedSample damage = damage("camvid");
    assertThat(damage.reason())
        .isEqualTo("1 unknown label value: 77 (2 pixels, first at column 5 of row 2)");
    assertThat(damage.path()).isEqualTo(label.toString());
  }

  @Test
  void noticesLabelsOfTheWrongDepth() {
    SmallSets.grey(label, 8, 6, 3);
    assertThat(damage("synthia").reason())
        .isEqualTo("expected labels of 16 bits in 3 channels, found 8 bits in 1 channel");
    SmallSets.rgb16(label, 8, 6, 3);
    assertThat(damage("gta5").reason())
        .isEqualTo("expected labels of 8 bits in 1 channel, found 16 bits in 3 channels");
    SmallSets.image(label, 8, 6);
    assertThat(damage("camvid").reason()).endsWith("found 8 bits in 3 channels");
  }

  @Test
  void noticesLabelsOfAnotherSizeThanTheImage() {
    SmallSets.grey(label, 9, 6, 3);
    assertThat(damage("camvid").reason()).startsWith("labels of 9x6 pixels for an image of 8x6");
    SmallSets.grey(label, 1, 1, 3);
    assertThat(damage("camvid").reason()).startsWith("labels of 1x1 pixels for an image of 8x6");
  }

  @Test
  void namesTheFileThatIsTruncatedEmptyGoneOrNoImage() throws Exception {
    SmallSets.grey(label, 8, 6, 3);
    byte[] whole = Files.readAllBytes(image);
    SmallSets.write(image, Arrays.copyOf(whole, whole.length - 14));
    assertThat(damage("camvid").path()).isEqualTo(image.toString());
    assertThat(damage("camvid").reason()).startsWith("truncated: ");
    SmallSets.write(image, new byte[0]);
    assertThat(damage("camvid").reason()).isEqualTo("the file is empty");
    SmallSets.write(image, "no image".getBytes(StandardCharsets.UTF_8));
    assertThat(damage("camvid").reason()).startsWith("not a PNG or JPEG image");
    Files.delete(image);
    assertThat(damage("camvid").reason()).isEqualTo("the file is gone since the set was listed");
    SmallSets.image(image, 8, 6);
    SmallSets.write(label, new byte[0]);
    assertThat(damage("camvid").path()).isEqualTo(label.toString());
    assertThat(damage("camvid").reason()).isEqualTo("the file is empty");
  }

  @Test
  void refusesToReadLabelsWhereThereAreNone() {
    Sample bare = new Sample("folder", image.toString(), Optional.empty(), 0);
    assertThatThrownBy(() -> reader.read(bare)).hasMessageContaining("has no labels");
  }
}
