package org.example.pnm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.Sample;
import org.stylemining.dataset.SampleFiles;

class PnmDatasetTest {
  @TempDir Path folder;
  private final Dataset dataset = new PnmDataset();

  /** The program's own come from any of Hadoop's file systems. */
  private static final SampleFiles FILES =
      new SampleFiles() {
        @Override
        public byte[] bytes(String uri) throws IOException {
          return Files.readAllBytes(Path.of(new org.apache.hadoop.fs.Path(uri).toUri().getPath()));
        }

        @Override
        public byte[] bytes(String uri, long from, int length) {
          throw new UnsupportedOperationException();
        }
      };

  private DatasetRoot root() {
    return DatasetRoot.of(
        "data.sources[0]", folder.toString(), Optional.empty(), 0, new Configuration());
  }

  private void write(String name, String header, int... samples) throws IOException {
    byte[] start = header.getBytes(StandardCharsets.US_ASCII);
    byte[] file = new byte[start.length + samples.length];
    System.arraycopy(start, 0, file, 0, start.length);
    for (int i = 0; i < samples.length; i++) {
      file[start.length + i] = (byte) samples[i];
    }
    Files.write(folder.resolve(name), file);
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(Dataset.class))
        .filteredOn(found -> found.type().equals("pnm"))
        .singleElement()
        .isInstanceOf(PnmDataset.class);
  }

  @Test
  void readsAnImageAndItsLabels() throws Exception {
    write("a.ppm", "P6\n2 1\n255\n", 255, 0, 10, 1, 2, 3);
    write("a.pgm", "P5 2 1 255\n", 8, 4);

    List<Sample> samples = dataset.list(root());

    assertThat(samples).hasSize(1);
    assertThat(dataset.image(samples.get(0), FILES).at(0, 0, 0)).isEqualTo(255);
    assertThat(dataset.image(samples.get(0), FILES).at(1, 0, 2)).isEqualTo(3);
    assertThat(dataset.labels(samples.get(0), FILES).ids()).containsExactly(1, 255);
  }

  @Test
  void saysWhatIsMissingOrDamaged() throws Exception {
    assertThatThrownBy(() -> dataset.list(root()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("holds no .ppm image");
    write("a.ppm", "P6 2 2 255\n", 1, 2, 3);
    assertThatThrownBy(() -> dataset.list(root())).hasMessageContaining("without a .pgm");
    Sample sample = dataset.images(root()).get(0);
    assertThatThrownBy(() -> dataset.image(sample, FILES))
        .isInstanceOf(DamagedSample.class)
        .hasMessageContaining("truncated: 2x2 pixels are 12 bytes, found 3");
    write("a.ppm", "P3 2 2 255\n", 1, 2, 3);
    assertThatThrownBy(() -> dataset.image(sample, FILES))
        .hasMessageContaining("begins with P6 WIDTH HEIGHT 255, found P3 2 2 255");
  }
}
