package org.stylemining.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.data.Datasets;
import org.stylemining.dataset.Sample;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.RgbImage;

class StyleImagesTest {
  @TempDir Path folder;

  @Test
  void whatDoesNotFitIsReadAgain() throws Exception {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      byte[] grey = new byte[3 * 8 * 8];
      Arrays.fill(grey, (byte) (20 * i));
      Path file = folder.resolve(i + ".png");
      Files.write(file, ImageFiles.encodePng(new RgbImage(8, 8, grey)));
      samples.add(new Sample("folder", file.toUri().toString(), Optional.empty(), 0));
    }
    StyleImages all = new StyleImages(samples, 8, Datasets.installed());
    // Two images have 384 bytes.
    StyleImages few =
        new StyleImages(samples, 8, Datasets.installed(), 400.0 / Runtime.getRuntime().maxMemory());

    SplittableRandom one = new SplittableRandom(1);
    SplittableRandom other = new SplittableRandom(1);
    for (int i = 0; i < 50; i++) {
      assertThat(few.draw(one).rgb()).isEqualTo(all.draw(other).rgb());
    }

    assertThat(all.kept()).isEqualTo(4);
    assertThat(few.kept()).isEqualTo(2);
  }
}
