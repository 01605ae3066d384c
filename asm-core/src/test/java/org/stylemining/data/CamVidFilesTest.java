package org.stylemining.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stylemining.dataset.Sample;

/** The CamVid files of the shared data, where they are there. */
class CamVidFilesTest {
  private static Path camvid() {
    String shared =
        Optional.ofNullable(System.getenv("ASM_SHARED_DATA")).orElse("../../shared/data");
    Path folder = Path.of(shared, "camvid");
    assumeTrue(Files.isDirectory(folder), () -> "no CamVid in " + folder + ": set ASM_SHARED_DATA");
    return folder;
  }

  @ParameterizedTest
  @CsvSource({"day,305", "dusk,62"})
  void everyPairIsListedAndEveryLabelKnown(String part, int pairs) throws Exception {
    List<Sample> samples = new CamVidDataset().list(SmallSets.root(camvid().resolve(part)));
    assertThat(samples).hasSize(pairs);
    SampleReader reader = new SampleReader(Datasets.installed(), SmallSets.HADOOP);
    for (Sample sample : samples) {
      LabelledImage read = reader.read(sample);
      assertThat(read.labels().width()).isEqualTo(480);
      assertThat(read.labels().height()).isEqualTo(360);
    }
  }
}
