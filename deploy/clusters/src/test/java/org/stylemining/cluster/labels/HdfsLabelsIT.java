package org.stylemining.cluster.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stylemining.cluster.ClusterExtension;
import org.stylemining.cluster.Distribution;
import org.stylemining.cluster.Ended;
import org.stylemining.cluster.LocalRun;
import org.stylemining.cluster.hadoop.HadoopCluster;

/** {@code segment} with images and labels on HDFS, and patterns that name the images. */
@Tag("cluster")
@TestMethodOrder(OrderAnnotation.class)
class HdfsLabelsIT {
  private static final String PATTERN = "cams/{north,south}/2026-0[1-6]/*.png";

  @RegisterExtension
  static final ClusterExtension<HadoopCluster> CLUSTER =
      new ClusterExtension<>(HadoopCluster.class, HadoopCluster::start);

  private static List<Path> images = List.of();

  @BeforeEach
  void imagesOfTwoCameras(HadoopCluster cluster, LocalRun local) throws Exception {
    if (!images.isEmpty()) {
      return;
    }
    try (Stream<Path> files = Files.walk(local.data().resolve("gta5/images"))) {
      images = files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
    put(cluster, 0, "cams/north/2026-01/a.png");
    put(cluster, 1, "cams/north/2026-01/b.png");
    put(cluster, 2, "cams/south/2026-02/a.png");
    put(cluster, 3, "cams/south/2025-12/early.png");
    put(cluster, 4, "cams/west/2026-01/elsewhere.png");
    cluster.put("cams/north/2026-01/cut.png", "not an image");
    cluster.put("cams/north/2026-01/notes.txt", "not an image");
  }

  @Test
  @Order(1)
  void labelsTheImagesOfAPattern(HadoopCluster cluster, LocalRun local) throws Exception {
    Ended ended = segment(cluster, local, PATTERN, "labels-of-pattern");

    assertThat(ended.status()).as(ended.toString()).isEqualTo(3);
    assertThat(ended.errors()).contains(cluster.uri("cams/north/2026-01/cut.png"));
    assertThat(labels(cluster, "labels-of-pattern").keySet())
        .containsExactly("north/2026-01/a.png", "north/2026-01/b.png", "south/2026-02/a.png");
  }

  @Test
  @Order(2)
  void labelsAreThoseOfLocalFiles(HadoopCluster cluster, LocalRun local) throws Exception {
    Path out = Distribution.emptyFolder("labels-of-local-files");
    Ended ended =
        Distribution.asm(
                "segment",
                local.conf().toString(),
                "--checkpoint",
                local.train().toString(),
                "--input",
                local.data().resolve("gta5/images").toString(),
                "--output",
                out.toString())
            .run();

    assertThat(ended.status()).as(ended.toString()).isZero();
    Map<String, byte[]> found = labels(cluster, "labels-of-pattern");
    assertThat(found.get("north/2026-01/a.png")).isEqualTo(bytes(out, 0));
    assertThat(found.get("north/2026-01/b.png")).isEqualTo(bytes(out, 1));
    assertThat(found.get("south/2026-02/a.png")).isEqualTo(bytes(out, 2));
  }

  @Test
  @Order(3)
  void whatIsMissingIsMadeAndWhatIsThereStays(HadoopCluster cluster, LocalRun local)
      throws Exception {
    Map<String, Long> before = times(cluster, "labels-of-pattern");
    cluster.files().delete(path(cluster, "labels-of-pattern/south/2026-02/a.png"), false);
    cluster.files().delete(path(cluster, "cams/north/2026-01/cut.png"), false);

    Ended ended = segment(cluster, local, PATTERN, "labels-of-pattern");

    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(ended.output()).contains("3 images: 1 labelled, 2 already done, 0 failed");
    Map<String, Long> after = times(cluster, "labels-of-pattern");
    assertThat(after.get("north/2026-01/a.png")).isEqualTo(before.get("north/2026-01/a.png"));
    assertThat(after.get("south/2026-02/a.png")).isGreaterThan(before.get("south/2026-02/a.png"));
    assertThat(cluster.exists("labels-of-pattern/_temporary")).isFalse();
    assertThat(cluster.exists("labels-of-pattern/_failures.jsonl")).isFalse();
  }

  @Test
  @Order(4)
  void overwritingReplacesFilesThatHdfsWouldNotRenameOnto(HadoopCluster cluster, LocalRun local)
      throws Exception {
    Map<String, byte[]> labels = labels(cluster, "labels-of-pattern");
    Map<String, Long> before = times(cluster, "labels-of-pattern");

    Ended ended = segment(cluster, local, PATTERN, "labels-of-pattern", "--overwrite");

    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(labels(cluster, "labels-of-pattern")).containsAllEntriesOf(labels);
    times(cluster, "labels-of-pattern")
        .forEach((name, time) -> assertThat(time).as(name).isGreaterThan(before.get(name)));
  }

  @Test
  @Order(5)
  void aPatternThatFitsNothingIsAMistake(HadoopCluster cluster, LocalRun local) throws Exception {
    Ended ended = segment(cluster, local, "cams/east/*.png", "labels-of-nothing");

    assertThat(ended.status()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.errors())
        .contains("--input " + cluster.uri("cams/east/*.png"))
        .contains("nor one that fits the pattern");
  }

  private static Ended segment(
      HadoopCluster cluster, LocalRun local, String input, String output, String... options)
      throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--master",
                "local[2]",
                "--conf",
                "spark.ui.enabled=false",
                "segment",
                local.conf().toString(),
                "data.max-bad-fraction=0.3",
                "--checkpoint",
                local.train().toUri().toString(),
                "--input",
                cluster.uri(input),
                "--output",
                cluster.uri(output)));
    words.addAll(List.of(options));
    return Distribution.asm(words.toArray(String[]::new)).with(cluster.environment()).run();
  }

  private static void put(HadoopCluster cluster, int image, String path) throws IOException {
    cluster
        .files()
        .copyFromLocalFile(
            new org.apache.hadoop.fs.Path(images.get(image).toUri()), path(cluster, path));
  }

  private static org.apache.hadoop.fs.Path path(HadoopCluster cluster, String path) {
    return new org.apache.hadoop.fs.Path(cluster.uri(path));
  }

  private static byte[] bytes(Path out, int image) throws IOException {
    return Files.readAllBytes(out.resolve(images.get(image).getFileName()));
  }

  /** The label files below a folder, by relative path. */
  private static Map<String, byte[]> labels(HadoopCluster cluster, String folder)
      throws IOException {
    Map<String, byte[]> labels = new TreeMap<>();
    for (String name : times(cluster, folder).keySet()) {
      labels.put(name, cluster.bytes(folder + "/" + name));
    }
    return labels;
  }

  private static Map<String, Long> times(HadoopCluster cluster, String folder) throws IOException {
    FileSystem files = cluster.files();
    String root = path(cluster, folder).toString();
    Map<String, Long> times = new TreeMap<>();
    RemoteIterator<LocatedFileStatus> entries = files.listFiles(path(cluster, folder), true);
    while (entries.hasNext()) {
      LocatedFileStatus entry = entries.next();
      String name = entry.getPath().toString().substring(root.length() + 1);
      if (Arrays.stream(name.split("/")).noneMatch(part -> part.startsWith("_"))) {
        times.put(name, entry.getModificationTime());
      }
    }
    return times;
  }
}
