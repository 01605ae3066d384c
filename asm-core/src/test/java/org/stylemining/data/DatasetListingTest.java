package org.stylemining.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.Sample;

class DatasetListingTest {
  @TempDir Path folder;

  private static Dataset dataset(String type) {
    return Datasets.installed().get("data.sources[0].type", type);
  }

  private List<String> relative(List<String> uris) {
    String start = folder.toUri().getPath();
    return uris.stream().map(uri -> uri.substring(uri.indexOf(start) + start.length())).toList();
  }

  private List<String> imagesOf(List<Sample> samples) {
    return relative(samples.stream().map(Sample::image).toList());
  }

  private List<String> labelsOf(List<Sample> samples) {
    return relative(samples.stream().map(sample -> sample.label().orElseThrow()).toList());
  }

  @Test
  void listsGta5Sorted() throws Exception {
    for (String name : List.of("00010", "00002", "00001")) {
      SmallSets.image(folder.resolve("images/" + name + ".png"), 4, 4);
      SmallSets.grey(folder.resolve("labels/" + name + ".png"), 4, 4, 7);
    }
    List<Sample> samples = dataset("gta5").list(SmallSets.root(folder));
    assertThat(imagesOf(samples))
        .containsExactly("images/00001.png", "images/00002.png", "images/00010.png");
    assertThat(labelsOf(samples))
        .containsExactly("labels/00001.png", "labels/00002.png", "labels/00010.png");
    assertThat(samples).allMatch(sample -> sample.source().equals("gta5"));
  }

  @Test
  void listsSynthia() throws Exception {
    SmallSets.image(folder.resolve("RGB/0000003.png"), 4, 4);
    SmallSets.rgb16(folder.resolve("GT/LABELS/0000003.png"), 4, 4, 3);
    SmallSets.image(folder.resolve("GT/COLOR/0000003.png"), 4, 4);
    List<Sample> samples = dataset("synthia").list(SmallSets.root(folder));
    assertThat(imagesOf(samples)).containsExactly("RGB/0000003.png");
    assertThat(labelsOf(samples)).containsExactly("GT/LABELS/0000003.png");
  }

  private void cityscapes(String part, String city, String name) {
    String place = part + "/" + city + "/" + name;
    SmallSets.image(folder.resolve("leftImg8bit/" + place + "_leftImg8bit.png"), 4, 4);
    SmallSets.grey(folder.resolve("gtFine/" + place + "_gtFine_labelIds.png"), 4, 4, 7);
    SmallSets.grey(folder.resolve("gtFine/" + place + "_gtFine_instanceIds.png"), 4, 4, 7);
    SmallSets.image(folder.resolve("gtFine/" + place + "_gtFine_color.png"), 4, 4);
    SmallSets.write(folder.resolve("gtFine/" + place + "_gtFine_polygons.json"), new byte[] {'{'});
  }

  @Test
  void listsThePartOfCityscapesThatIsAskedForOrAll() throws Exception {
    cityscapes("train", "aachen", "aachen_000001_000019");
    cityscapes("train", "ulm", "ulm_000001_000019");
    cityscapes("val", "munster", "munster_000001_000019");
    assertThat(imagesOf(dataset("cityscapes").list(SmallSets.root(folder, "val"))))
        .containsExactly("leftImg8bit/val/munster/munster_000001_000019_leftImg8bit.png");
    assertThat(labelsOf(dataset("cityscapes").list(SmallSets.root(folder, "train"))))
        .containsExactly(
            "gtFine/train/aachen/aachen_000001_000019_gtFine_labelIds.png",
            "gtFine/train/ulm/ulm_000001_000019_gtFine_labelIds.png");
    assertThat(dataset("cityscapes").list(SmallSets.root(folder))).hasSize(3);
    assertThatThrownBy(() -> dataset("cityscapes").list(SmallSets.root(folder, "vall")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("data.sources[0].split = vall")
        .hasMessageContaining("has train, val");
  }

  @Test
  void listsTargetImagesThatHaveNoLabels() throws Exception {
    SmallSets.image(folder.resolve("leftImg8bit/test/bonn/bonn_0_leftImg8bit.png"), 4, 4);
    List<Sample> samples = dataset("cityscapes").images(SmallSets.root(folder, "test"));
    assertThat(samples).hasSize(1).allMatch(sample -> sample.label().isEmpty());
  }

  @Test
  void listsImagesOfAPlainFolderAtAnyDepthAndPassesOverEverythingElse() throws Exception {
    SmallSets.image(folder.resolve("b/deep/er/x y.PNG"), 4, 4);
    SmallSets.image(folder.resolve("a.jpeg"), 4, 4);
    SmallSets.image(folder.resolve("b/c.jpg"), 4, 4);
    SmallSets.write(folder.resolve("README.md"), new byte[] {1});
    SmallSets.image(folder.resolve("._a.png"), 4, 4);
    SmallSets.image(folder.resolve("__MACOSX/a.png"), 4, 4);
    assertThat(imagesOf(dataset("folder").images(SmallSets.root(folder))))
        .containsExactly("a.jpeg", "b/c.jpg", "b/deep/er/x y.PNG");
    assertThatThrownBy(() -> dataset("folder").list(SmallSets.root(folder)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("no labels");
  }

  @Test
  void saysWhichFolderIsMissing() {
    assertThatThrownBy(() -> dataset("gta5").list(SmallSets.root(folder.resolve("nowhere"))))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("data.sources[0].root = ")
        .hasMessageContaining("nowhere: there is no such folder");
    SmallSets.image(folder.resolve("RGB/1.png"), 4, 4);
    assertThatThrownBy(() -> dataset("gta5").list(SmallSets.root(folder)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("expected a folder images in it, found RGB");
  }

  @Test
  void saysThatTheRootIsAFile() {
    SmallSets.image(folder.resolve("x.png"), 4, 4);
    assertThatThrownBy(() -> dataset("folder").images(SmallSets.root(folder.resolve("x.png"))))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("expected a folder, found a file");
  }

  @Test
  void saysThatASetIsEmpty() throws Exception {
    Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("labels"));
    assertThatThrownBy(() -> dataset("camvid").list(SmallSets.root(folder)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("images holds no image");
    assertThatThrownBy(() -> dataset("folder").images(SmallSets.root(folder)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("holds no .png, .jpg or .jpeg image");
  }

  @Test
  void namesTheFirstFilesWithoutAPartnerAndCountsThem() {
    SmallSets.camvid(folder, 12);
    for (int i = 0; i < 7; i++) {
      assertThat(new File(folder.toFile(), "labels/00%d.png".formatted(i)).delete()).isTrue();
    }
    assertThat(new File(folder.toFile(), "images/011.png").delete()).isTrue();
    assertThatThrownBy(() -> dataset("camvid").list(SmallSets.root(folder)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("without a label in labels: ")
        .hasMessageContaining("images/000.png")
        .hasMessageContaining("images/004.png, ... (7 in all)")
        .hasMessageContaining("without an image in images: ")
        .hasMessageContaining("labels/011.png")
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("images/005.png");
  }

  @Test
  void namesTwoImagesThatShareALabel() {
    SmallSets.camvid(folder, 1);
    SmallSets.image(folder.resolve("images/000.jpg"), 8, 6);
    assertThatThrownBy(() -> dataset("camvid").list(SmallSets.root(folder)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("two files of one name")
        .hasMessageContaining("000.jpg");
  }

  @Test
  void refusesASplitOfASetWithoutParts() {
    SmallSets.camvid(folder, 1);
    assertThatThrownBy(() -> dataset("camvid").list(SmallSets.root(folder, "train")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("data.sources[0].split = train: sets of type camvid have no parts");
  }

  @Test
  void namesTheKnownTypesForAnUnknownOne() {
    assertThatThrownBy(() -> dataset("gta"))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "data.sources[0].type = gta: expected one of camvid, cityscapes, folder, gta5, mnist, svhn, synthia, usps");
  }
}
