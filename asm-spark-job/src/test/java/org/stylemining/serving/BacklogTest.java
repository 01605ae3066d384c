package org.stylemining.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.UserMistake;

class BacklogTest {
  /** The clock of these tests: images are of 1 s, the origin of 10 s, labels of 20 s. */
  private static final long IMAGES = 1_000;

  private static final long ORIGIN = 10_000;
  private static final long LABELS = 20_000;

  private static final Set<View> PLAIN = EnumSet.of(View.LABELS);

  @TempDir Path folder;
  private Path in;
  private Path out;

  @BeforeEach
  void twoImages() throws Exception {
    in = folder.resolve("in");
    out = Files.createDirectory(folder.resolve("out"));
    TestFiles.age(TestFiles.make(in, "a/x.jpg", 10), IMAGES);
    TestFiles.age(TestFiles.make(in, "y.png", 10), IMAGES);
  }

  @Test
  void inAnEmptyFolderEverythingIsToDo() throws Exception {
    Backlog backlog = backlog(origin(), PLAIN, false);

    assertThat(backlog.begins()).isTrue();
    assertThat(todo(backlog)).containsExactly("a/x.jpg", "y.png");
    assertThat(backlog.origin().since()).isPositive();
  }

  @Test
  void whatIsThereIsNotDoneAgain() throws Exception {
    record();
    label("a/x.png", LABELS);

    Backlog backlog = backlog(origin(), PLAIN, false);

    assertThat(backlog.begins()).isFalse();
    assertThat(todo(backlog)).containsExactly("y.png");
    assertThat(backlog.done()).isEqualTo(1);
    assertThat(backlog.origin().since()).isEqualTo(ORIGIN);
  }

  @Test
  void anImageThatIsNewerThanItsLabelsIsDoneAgain() throws Exception {
    record();
    label("a/x.png", LABELS);
    label("y.png", LABELS);
    TestFiles.age(in.resolve("y.png"), LABELS + 5_000);

    assertThat(todo(backlog(origin(), PLAIN, false))).containsExactly("y.png");
  }

  @Test
  void labelsOfBeforeAnOverwritingRunThatWasKilledAreDoneAgain() throws Exception {
    record();
    label("a/x.png", LABELS);
    label("y.png", ORIGIN - 5_000);

    assertThat(todo(backlog(origin(), PLAIN, false))).containsExactly("y.png");
  }

  @Test
  void aViewThatIsAskedForLaterIsMissing() throws Exception {
    record();
    label("a/x.png", LABELS);
    label("a/x_overlay.png", LABELS);
    label("y.png", LABELS);

    Backlog backlog = backlog(origin(), EnumSet.of(View.LABELS, View.OVERLAY), false);

    assertThat(todo(backlog)).containsExactly("y.png");
  }

  @Test
  void overwritingBeginsAnewAndViewsThatAreNotAskedForGo() throws Exception {
    record();
    label("a/x.png", LABELS);
    label("a/x_color.png", LABELS);
    label("other.png", LABELS);

    Backlog backlog = backlog(other(), PLAIN, true);

    assertThat(backlog.begins()).isTrue();
    assertThat(todo(backlog)).containsExactly("a/x.jpg", "y.png");
    assertThat(backlog.stale()).containsExactly("a/x_color.png");
    assertThat(backlog.foreign()).isEqualTo(1);
  }

  @Test
  void labelsOfAnotherOriginAreNotMixedIn() throws Exception {
    record();
    label("a/x.png", LABELS);

    assertThatThrownBy(() -> backlog(other(), PLAIN, false))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(
            "--checkpoint was file:/run/1 (sha256 aaaa), found file:/run/2 (sha256 bbbb)")
        .hasMessageContaining("evaluate.resize) was 64x32, found 128x64")
        .hasMessageContaining("--ids was train, found cityscapes")
        .hasMessageContaining("--overwrite");
  }

  @Test
  void filesOfUnknownOriginAreNotWrittenOver() throws Exception {
    label("a/x.png", LABELS);

    assertThatThrownBy(() -> backlog(origin(), PLAIN, false))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("_labels.json")
        .hasMessageContaining("a/x.png");
    assertThat(backlog(origin(), PLAIN, true).begins()).isTrue();
  }

  @Test
  void aDamagedRecordIsNamed() throws Exception {
    Files.writeString(out.resolve(OutputFolder.LABELS), "{\"images\":");

    assertThatThrownBy(() -> backlog(origin(), PLAIN, false))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("_labels.json is damaged");
  }

  @Test
  void twoImagesOfOneNameAreBothNamed() throws Exception {
    TestFiles.make(in, "y.jpg", 10);
    assertThatThrownBy(() -> backlog(origin(), PLAIN, false))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("y.jpg and y.png would both give y.png");
    Files.delete(in.resolve("y.jpg"));
    TestFiles.make(in, "y_color.jpg", 10);
    assertThat(todo(backlog(origin(), PLAIN, false))).hasSize(3);
    assertThatThrownBy(() -> backlog(origin(), EnumSet.of(View.LABELS, View.COLOR), false))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("y.png and y_color.jpg would both give y_color.png");
  }

  @Test
  void labelsAreNotWrittenAmongTheImages() throws Exception {
    out = in;
    assertThatThrownBy(() -> backlog(origin(), PLAIN, false))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("--output file:" + in)
        .hasMessageContaining("among the images");
    out = in.resolve("labels");
    assertThat(backlog(origin(), PLAIN, false).todo()).hasSize(2);
  }

  private void record() throws Exception {
    Files.writeString(out.resolve(OutputFolder.LABELS), origin().since(ORIGIN).toJson());
  }

  private void label(String name, long modified) throws Exception {
    TestFiles.age(TestFiles.make(out, name, 5), modified);
  }

  private Backlog backlog(LabelOrigin now, Set<View> views, boolean overwrite) throws Exception {
    Configuration hadoop = new Configuration();
    return Backlog.of(
        ImageListing.of(in.toString(), new org.apache.hadoop.fs.Path("file:" + out), hadoop),
        OutputFolder.at(out.toString(), hadoop),
        now,
        views,
        overwrite);
  }

  private static List<String> todo(Backlog backlog) {
    return backlog.todo().stream().map(ListedImage::path).toList();
  }

  private LabelOrigin origin() {
    return new LabelOrigin(
        "file:" + in,
        "file:/run/1",
        1,
        "aaaa",
        "resnet18",
        "64x32",
        "cityscapes19",
        "train",
        0,
        List.of());
  }

  private LabelOrigin other() {
    return new LabelOrigin(
        "file:" + in,
        "file:/run/2",
        1,
        "bbbb",
        "resnet18",
        "128x64",
        "cityscapes19",
        "cityscapes",
        0,
        List.of());
  }
}
