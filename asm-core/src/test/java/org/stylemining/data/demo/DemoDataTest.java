package org.stylemining.data.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.data.Datasets;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SampleReader;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.Sample;
import org.stylemining.image.RgbImage;

class DemoDataTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

  private static List<LabelledImage> read(Path root, String type) throws Exception {
    Dataset dataset = Datasets.installed().get("type", type);
    SampleReader reader = new SampleReader(Datasets.installed(), HADOOP);
    List<LabelledImage> images = new ArrayList<>();
    for (Sample sample :
        dataset.list(
            DatasetRoot.of(type, root.resolve(type).toString(), Optional.empty(), 0, HADOOP))) {
      images.add(reader.read(sample));
    }
    return images;
  }

  private static void write(Path out, DemoOptions options) throws Exception {
    DemoData.write(new org.apache.hadoop.fs.Path(out.toUri()), options, HADOOP);
  }

  @Test
  void everySetIsReadAsWhatItStandsForAndHasAllClasses() throws Exception {
    write(folder, new DemoOptions(24, 24, 256, 128, 1));
    for (String type : List.of("gta5", "synthia", "cityscapes")) {
      List<LabelledImage> images = read(folder, type);
      assertThat(images).hasSize(24);
      Set<Integer> classes = new TreeSet<>();
      for (LabelledImage image : images) {
        assertThat(image.image().width()).isEqualTo(256);
        assertThat(image.image().height()).isEqualTo(128);
        for (byte id : image.labels().ids()) {
          classes.add(id & 255);
        }
      }
      assertThat(classes).hasSize(19).allMatch(id -> id < 19);
    }
  }

  @Test
  void theTargetHasAPartForAnchorsAndOneToScore() throws Exception {
    write(folder, new DemoOptions(1, 8, 64, 32, 1));
    for (String part : List.of("train", "val")) {
      DatasetRoot root =
          DatasetRoot.of(
              "target", folder.resolve("cityscapes").toString(), Optional.of(part), 0, HADOOP);
      assertThat(Datasets.installed().get("type", "cityscapes").list(root))
          .hasSize(part.equals("train") ? 2 : 6);
    }
  }

  @Test
  void theSameSeedDrawsTheSameImages() throws Exception {
    write(folder.resolve("a"), new DemoOptions(2, 2, 96, 48, 7));
    write(folder.resolve("b"), new DemoOptions(2, 2, 96, 48, 7));
    write(folder.resolve("c"), new DemoOptions(2, 2, 96, 48, 8));
    assertThat(read(folder.resolve("a"), "gta5"))
        .isEqualTo(read(folder.resolve("b"), "gta5"))
        .isNotEqualTo(read(folder.resolve("c"), "gta5"));
  }

  @Test
  void theTargetIsDarkerAndLessColourfulThanTheSources() throws Exception {
    write(folder, new DemoOptions(8, 8, 128, 64, 1));
    assertThat(brightness(read(folder, "cityscapes")))
        .isLessThan(0.75 * brightness(read(folder, "gta5")))
        .isLessThan(0.75 * brightness(read(folder, "synthia")));
  }

  private static double brightness(List<LabelledImage> images) {
    return images.stream()
        .map(LabelledImage::image)
        .map(RgbImage::meanColour)
        .mapToInt(colour -> colour[0] + colour[1] + colour[2])
        .average()
        .orElseThrow();
  }
}
