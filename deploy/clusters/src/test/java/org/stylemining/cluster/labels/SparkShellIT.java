package org.stylemining.cluster.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stylemining.cluster.ClusterExtension;
import org.stylemining.cluster.Distribution;
import org.stylemining.cluster.Ended;
import org.stylemining.cluster.LocalRun;
import org.stylemining.cluster.standalone.StandaloneCluster;

/**
 * The session of Spark's shell that docs/segment.md shows, typed as it stands there, with executors
 * in processes of their own.
 */
class SparkShellIT {
  private static final String PROMPT = "scala> ";

  // Gives the tests the local run; no cluster is asked for.
  @RegisterExtension
  static final ClusterExtension<StandaloneCluster> CLUSTER =
      new ClusterExtension<>(StandaloneCluster.class, StandaloneCluster::start);

  @Test
  void theDocumentedSessionLabelsAsSegmentDoes(LocalRun local) throws Exception {
    Path folder = Distribution.emptyFolder("shell");
    List<String> names = photos(folder, local);
    Files.createDirectories(folder.resolve("runs/demo"));
    Files.createSymbolicLink(folder.resolve("runs/demo/train"), local.train());
    Ended segmented =
        Distribution.asm(
                "segment",
                local.conf().toString(),
                "data.max-bad-fraction=0.5",
                "--checkpoint",
                local.train().toString(),
                "--input",
                folder.resolve("runs/photos").toString(),
                "--output",
                folder.resolve("labels").toString())
            .run();
    assertThat(segmented.status()).as(segmented.toString()).isEqualTo(3);

    Documented documented = Documented.read();
    List<String> typed = new ArrayList<>(documented.typed());
    // What came of it, for the comparison.
    typed.add(
        "labels.where(\"reason is null\").selectExpr(\"concat('SHA ', substring_index(path, '/', -1), ' ', sha2(label, 256))\").collect.foreach(r => println(r.getString(0)))");
    typed.add(
        "again.transform(photos).where(\"reason is null\").selectExpr(\"concat('AGAIN ', substring_index(path, '/', -1), ' ', sha2(label, 256))\").collect.foreach(r => println(r.getString(0)))");
    Ended ended =
        Distribution.script(
                "cd '%s'\n%s <<'TYPED'\n%s\n:quit\nTYPED\n"
                    .formatted(folder, documented.commands(), String.join("\n", typed)))
            .run();

    assertThat(ended.status()).as(ended.toString()).isZero();
    assertThat(ended.output()).as(ended.toString()).doesNotContain("error:");
    for (String name : names) {
      String sum = sha256(folder.resolve("labels").resolve(name));
      assertThat(ended.output()).as(ended.toString()).contains("SHA %s %s".formatted(name, sum));
      assertThat(ended.output()).contains("AGAIN %s %s".formatted(name, sum));
    }
    assertThat(ended.output()).contains("truncated: PNG chunk");
    assertThat(folder.resolve("runs/stage/network/model.safetensors")).exists();
    assertThat(ended.errors() + ended.output()).doesNotContain("Exception");
  }

  /** Images as they come, of which one is cut short; the names of the others. */
  private static List<String> photos(Path folder, LocalRun local) throws IOException {
    Path photos = Files.createDirectories(folder.resolve("runs/photos"));
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.walk(local.data().resolve("cityscapes/leftImg8bit"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".png")).sorted().toList()) {
        Files.copy(file, photos.resolve(file.getFileName()));
        names.add(file.getFileName().toString());
      }
    }
    byte[] image = Files.readAllBytes(photos.resolve(names.get(0)));
    Files.write(photos.resolve("cut.png"), Arrays.copyOf(image, image.length / 2));
    return names;
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  /**
   * What the page tells a person to type.
   *
   * @param commands of the terminal
   * @param typed in Spark's shell
   */
  private record Documented(String commands, List<String> typed) {
    static Documented read() throws IOException {
      String page = Files.readString(Distribution.folder().resolve("docs/segment.md"));
      String part = page.substring(page.indexOf("## As a stage of Spark ML"));
      String session = part.split("```")[1];
      StringBuilder commands = new StringBuilder();
      List<String> typed = new ArrayList<>();
      boolean continued = false;
      for (String line : session.lines().toList()) {
        if (line.startsWith("$ ") || continued) {
          String command = line.startsWith("$ ") ? line.substring(2) : line;
          commands.append(commands.isEmpty() ? "" : "\n").append(command);
          continued = line.endsWith("\\");
        } else if (line.startsWith(PROMPT)) {
          typed.add(line.substring(PROMPT.length()));
        }
      }
      return new Documented(commands.toString(), typed);
    }
  }
}
