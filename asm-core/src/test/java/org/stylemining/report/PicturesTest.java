package org.stylemining.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

class PicturesTest {
  private static final LabelMap STREET = ExampleRun.street(0);
  private static final RgbImage PHOTO = ExampleRun.photo(STREET, 1, 0);

  @TempDir Path folder;

  @Test
  void aStripHoldsItsImagesUnchangedFromLeftToRight() {
    RgbImage dark = ExampleRun.photo(STREET, 0.3, 0);
    RgbImage strip = StripImage.of(List.of(PHOTO, dark));

    int right = PHOTO.width() + StripImage.GAP;
    assertThat(strip.width()).isEqualTo(right + dark.width());
    assertThat(strip.crop(0, 0, PHOTO.width(), PHOTO.height())).isEqualTo(PHOTO);
    assertThat(strip.crop(right, 0, dark.width(), dark.height())).isEqualTo(dark);
  }

  @Test
  void captionsCoverTheUpperLeftCornersAlone() {
    RgbImage strip = StripImage.of(List.of(PHOTO, PHOTO), List.of("source", ""));

    assertThat(strip.crop(0, 40, PHOTO.width(), 100))
        .isEqualTo(PHOTO.crop(0, 40, PHOTO.width(), 100));
    assertThat(strip.crop(PHOTO.width() + StripImage.GAP, 0, PHOTO.width(), PHOTO.height()))
        .isEqualTo(PHOTO);
    assertThat(strip).isNotEqualTo(StripImage.of(List.of(PHOTO, PHOTO)));
  }

  @Test
  void imagesOfDifferentHeightsMakeNoStrip() {
    assertThatThrownBy(() -> StripImage.of(List.of(PHOTO, RgbImage.black(4, 4))))
        .hasMessageContaining("4x4");
    assertThatThrownBy(() -> StripImage.of(List.of())).hasMessageContaining("none");
    assertThatThrownBy(() -> StripImage.of(List.of(PHOTO), List.of()))
        .hasMessageContaining("caption");
  }

  @Test
  void aPredictionIsShownInTheColoursOfItsClasses() {
    RgbImage panel = PredictionPanel.of(PHOTO, Optional.of(STREET), STREET, ExampleRun.SPACE);

    assertThat(panel.width()).isEqualTo(3 * STREET.width() + 2 * StripImage.GAP);
    RgbImage colours = PredictionPanel.inColours(STREET, ExampleRun.SPACE);
    // The middle of the road, and a row that is not labelled.
    assertThat(List.of(colours.at(160, 150, 0), colours.at(160, 150, 1), colours.at(160, 150, 2)))
        .containsExactly(0x80, 0x40, 0x80);
    assertThat(List.of(colours.at(0, 159, 0), colours.at(0, 159, 1), colours.at(0, 159, 2)))
        .containsExactly(0, 0, 0);
    assertThat(PredictionPanel.of(PHOTO, Optional.empty(), STREET, ExampleRun.SPACE).width())
        .isEqualTo(2 * STREET.width() + StripImage.GAP);
  }

  @Test
  void aSamplesFilesHoldTrainIdsAndAreFoundAgain() throws IOException {
    RunFolder run = RunFolder.at(folder.toString(), new Configuration());
    PredictionSample written =
        PredictionSample.write(
            run.fileSystem(),
            run.samples(),
            "hdfs://c/val/a:b_1.png",
            PHOTO,
            Optional.empty(),
            STREET,
            ExampleRun.SPACE);

    assertThat(written.name()).isEqualTo("a_b_1");
    assertThat(PredictionSample.list(run.fileSystem(), run.samples())).containsExactly(written);
    byte[] file = Files.readAllBytes(folder.resolve("eval/samples/a_b_1-prediction.png"));
    assertThat(ImageFiles.decodeLabels(file).values()[150 * STREET.width() + 160]).isZero();
    assertThat(ImageFiles.decodeRgb(file))
        .isEqualTo(PredictionPanel.inColours(STREET, ExampleRun.SPACE));
  }

  @Test
  void aProgressLineSaysRoundLossSpeedAndTimeLeft() {
    RoundRecord round = new RoundRecord(12, 60, 120, 600, 2, 1.2341, 80, 9.12, 8.8, 8, 0.4, 0, 290);

    assertThat(ProgressLine.format(round))
        .isEqualTo("round 12/60  loss 1.234  9.1 images/s  time left 5 min");
    assertThat(ProgressLine.duration(Double.NaN)).isEqualTo("?");
    assertThat(ProgressLine.duration(59.6)).isEqualTo("1 min");
    assertThat(ProgressLine.duration(59.4)).isEqualTo("59 s");
    assertThat(ProgressLine.duration(7500)).isEqualTo("2 h 05 min");
    assertThat(ProgressLine.duration(3600 * 76)).isEqualTo("3 d 4 h");
  }
}
