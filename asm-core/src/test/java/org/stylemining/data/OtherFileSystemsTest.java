package org.stylemining.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.data.demo.DemoData;
import org.stylemining.data.demo.DemoOptions;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.Sample;

class OtherFileSystemsTest {
  @Test
  void setsAreWrittenListedAndReadOnAnyFileSystemOfHadoop(@TempDir Path folder) throws Exception {
    Configuration hadoop = ElsewhereFileSystem.configuration();
    String root = "elsewhere://" + folder;
    DemoData.write(new org.apache.hadoop.fs.Path(root), new DemoOptions(2, 4, 64, 32, 1), hadoop);
    for (String type : List.of("gta5", "synthia", "cityscapes")) {
      List<Sample> samples =
          Datasets.installed()
              .get("type", type)
              .list(
                  DatasetRoot.of(
                      "data.sources[0]", root + "/" + type, Optional.empty(), 0, hadoop));
      assertThat(samples).hasSize(type.equals("cityscapes") ? 4 : 2);
      assertThat(samples.get(0).image()).startsWith("elsewhere:/");
      assertThat(
              new SampleReader(Datasets.installed(), hadoop).read(samples.get(0)).labels().width())
          .isEqualTo(64);
    }
  }
}
