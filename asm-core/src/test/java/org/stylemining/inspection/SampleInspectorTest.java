package org.stylemining.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.Size;
import org.stylemining.data.Datasets;
import org.stylemining.data.HadoopFiles;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.DatasetRoot;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.dataset.LabelTable;
import org.stylemining.dataset.Sample;
import org.stylemining.dataset.SampleFiles;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

class SampleInspectorTest {
  @TempDir Path folder;

  private final CheckedSet set =
      new CheckedSet(
          "data.sources[0]",
          SetRole.SOURCE,
          "any",
          "/any",
          "",
          true,
          3,
          new Size(2, 2),
          new Size(2, 2));
  private final SetTally tally = new SetTally(2);
  private final List<FileDigest> digests = new ArrayList<>();

  /**
   * Samples of five bytes each in one file: four pixels' grey values, then the class of the whole
   * image.
   */
  public static final class Records implements Dataset {
    static final int LENGTH = 5;

    @Override
    public String type() {
      return "records";
    }

    @Override
    public Optional<LabelTable> table() {
      return Optional.empty();
    }

    @Override
    public Optional<LabelSpace> space() {
      return Optional.of(new LabelSpace("two", List.of("cat", "dog"), new int[] {1, 2}));
    }

    @Override
    public boolean labelsWholeImages() {
      return true;
    }

    @Override
    public List<Sample> list(DatasetRoot root) {
      throw new UnsupportedOperationException("not listed here");
    }

    @Override
    public List<Sample> images(DatasetRoot root) {
      throw new UnsupportedOperationException("not listed here");
    }

    @Override
    public RgbImage image(Sample sample, SampleFiles files) throws DamagedSample, IOException {
      byte[] bytes = part(sample, files);
      byte[] rgb = new byte[12];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = bytes[i / 3];
      }
      return new RgbImage(2, 2, rgb);
    }

    @Override
    public LabelMap labels(Sample sample, SampleFiles files) throws DamagedSample, IOException {
      return new LabelMap(1, 1, new byte[] {part(sample, files)[LENGTH - 1]});
    }

    private static byte[] part(Sample sample, SampleFiles files) throws DamagedSample, IOException {
      int hash = sample.image().indexOf('#');
      int index = Integer.parseInt(sample.image().substring(hash + 1));
      return files.bytes(sample.image().substring(0, hash), (long) LENGTH * index, LENGTH);
    }
  }

  @Test
  void aSetThatReadsInItsOwnWayIsAskedForImagesAndLabels() throws Exception {
    Path file = folder.resolve("records");
    Files.write(file, new byte[] {1, 2, 3, 4, 1, 9, 9, 9, 9, 0, 1, 2, 3, 4, 7, 5});
    for (int i = 0; i < 4; i++) {
      inspect(withRecords(), new Sample("records", file + "#" + i, Optional.empty(), 0), i);
    }

    assertThat(tally.samples()).isEqualTo(4);
    assertThat(tally.damaged()).isEqualTo(2);
    assertThat(tally.faults().keySet())
        .containsExactly(Fault.UNREADABLE_IMAGE, Fault.UNREADABLE_LABEL, Fault.UNKNOWN_VALUES);
    assertThat(tally.faults().get(Fault.UNKNOWN_VALUES).list().get(0).detail())
        .isEqualTo("train id 7, expected 0..1 or 255");
    assertThat(tally.classPixels(0)).isEqualTo(1);
    assertThat(tally.classPixels(1)).isEqualTo(1);
    assertThat(tally.sizes()).isEqualTo(Map.of(new Size(2, 2), 3L));
    assertThat(tally.imageModes()).isEmpty();
    assertThat(tally.panels()).hasSize(3);
    // The first and the third image are equal, though all are in one file.
    assertThat(digests.get(0).key()).startsWith("image pixels ").isEqualTo(digests.get(4).key());
    assertThat(digests.get(2).key()).isNotEqualTo(digests.get(0).key());
  }

  private Datasets withRecords() throws IOException {
    Path services = folder.resolve("META-INF/services/" + Dataset.class.getName());
    Files.createDirectories(services.getParent());
    Files.writeString(services, Records.class.getName());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      Datasets datasets = Datasets.installed();
      assertThat(datasets.types()).contains("records");
      return datasets;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aFileThatTheFileSystemDoesNotGiveConcernsItsSampleAlone() throws Exception {
    SampleFiles failing =
        new SampleFiles() {
          @Override
          public byte[] bytes(String uri) throws IOException {
            if (uri.endsWith("label")) {
              throw new IOException(uri + ": permission denied");
            }
            return ImageFiles.encodePng(RgbImage.black(2, 2));
          }

          @Override
          public byte[] bytes(String uri, long from, int length) {
            throw new UnsupportedOperationException("not read in parts");
          }
        };
    inspect(
        new SampleInspector(Datasets.installed(), failing, new NoLimit()),
        new Sample("camvid", "image", Optional.of("label"), 0),
        0);

    assertThat(tally.damaged()).isZero();
    assertThat(tally.faults().get(Fault.UNREACHABLE_LABEL).list())
        .containsExactly(new Examples.Example("label", "label: permission denied"));
    assertThat(tally.imageModes()).containsOnlyKeys("8-bit RGB");
  }

  private void inspect(Datasets datasets, Sample sample, int place) throws Exception {
    inspect(
        new SampleInspector(datasets, new HadoopFiles(new Configuration()), new NoLimit()),
        sample,
        place);
  }

  private void inspect(SampleInspector inspector, Sample sample, int place) throws Exception {
    inspector.inspect(
        new SampleToCheck(sample, new int[] {0}, place, false, true, 0),
        List.of(set),
        List.of(tally),
        digests::add);
  }

  private static final class NoLimit implements PixelRoom {
    @Override
    public void take(long pixels) {}

    @Override
    public void giveBack(long pixels) {}
  }
}
