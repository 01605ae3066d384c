package org.stylemining.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.UserMistake;

class ImageListingTest {
  @TempDir Path folder;

  @Test
  void aFolderIsListedWithAllBelowItAndPathsAreRelativeToIt() throws Exception {
    for (String name : new String[] {"z.png", "a/b c/ü é.JPG", "a/x.jpeg", "a/日本.png"}) {
      TestFiles.make(folder, name, 3);
    }
    ImageListing listing = list(folder.toString());

    assertThat(listing.base()).isEqualTo("file:" + folder);
    assertThat(listing.images())
        .extracting(ListedImage::path)
        .containsExactly("a/b c/ü é.JPG", "a/x.jpeg", "a/日本.png", "z.png");
    assertThat(listing.images()).allMatch(image -> image.bytes() == 3 && image.modified() > 0);
  }

  @Test
  void otherFilesAreCountedAndNotesOfOtherProgramsPassedOver() throws Exception {
    for (String name :
        new String[] {"a.png", "b.tiff", "notes.txt", "._a.png", ".cache/c.png", "_old/d.png"}) {
      TestFiles.make(folder, name, 1);
    }
    ImageListing listing = list(folder.toString());

    assertThat(listing.images()).extracting(ListedImage::path).containsExactly("a.png");
    assertThat(listing.others()).isEqualTo(2);
  }

  @Test
  void theOutputFolderIsNoInput() throws Exception {
    TestFiles.make(folder, "a.jpg", 1);
    TestFiles.make(folder, "labels/a.png", 1);

    ImageListing listing =
        ImageListing.of(
            folder.toString(),
            new org.apache.hadoop.fs.Path("file:" + folder.resolve("labels")),
            new Configuration());

    assertThat(listing.images()).extracting(ListedImage::path).containsExactly("a.jpg");
  }

  @Test
  void oneImageIsRelativeToItsFolder() throws Exception {
    Path file = TestFiles.make(folder, "a/b.png", 1);

    ImageListing listing = list(file.toString());

    assertThat(listing.base()).isEqualTo("file:" + folder.resolve("a"));
    assertThat(listing.images()).extracting(ListedImage::path).containsExactly("b.png");
  }

  @Test
  void aPatternNamesFilesAndFoldersAndIsRelativeToWhatComesBeforeIt() throws Exception {
    for (String name :
        new String[] {
          "in/cam1/x/1.jpg", "in/cam2/2.jpg", "in/cam10/3.jpg", "in/cam2.png", "in/.camera.png"
        }) {
      TestFiles.make(folder, name, 1);
    }
    assertThat(list(folder + "/in/cam?").images())
        .extracting(ListedImage::path)
        .containsExactly("cam1/x/1.jpg", "cam2/2.jpg");
    assertThat(list(folder + "/in/*").images()).hasSize(4);
    ImageListing jpegs = list(folder + "/in/{cam2,cam10}/*.jpg");
    assertThat(jpegs.base()).isEqualTo("file:" + folder + "/in");
    assertThat(jpegs.images())
        .extracting(ListedImage::path)
        .containsExactly("cam10/3.jpg", "cam2/2.jpg");
  }

  @Test
  void aNameMayHoldWhatIsSpecialInAPattern() throws Exception {
    TestFiles.make(folder, "set [1]/a.png", 1);

    ImageListing listing = list(folder + "/set [1]");

    assertThat(listing.base()).isEqualTo("file:" + folder + "/set [1]");
    assertThat(listing.images()).extracting(ListedImage::path).containsExactly("a.png");
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> list(folder + "/none"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("--input " + folder + "/none: there is no such file or folder");
    assertThatThrownBy(() -> list(folder + "/*.jpg"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("nor one that fits the pattern");
    TestFiles.make(folder, "a.tif", 1);
    assertThatThrownBy(() -> list(folder.toString()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("found none among 1 files");
    assertThatThrownBy(() -> list("nofs://host/x"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("nofs");
  }

  private ImageListing list(String input) throws Exception {
    return ImageListing.of(
        input, new org.apache.hadoop.fs.Path("file:/nowhere"), new Configuration());
  }
}
