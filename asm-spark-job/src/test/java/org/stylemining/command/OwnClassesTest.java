package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.RawLabels;
import org.stylemining.image.RgbImage;

/**
 * The second configuration of docs/data-sets.md, with classes of the user's own, through training,
 * scoring, labelling and report.
 */
@ExtendWith(LocalSpark.class)
@TestMethodOrder(OrderAnnotation.class)
class OwnClassesTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 32;

  /** What the page's label files hold for soil, crop, weed and nothing. */
  private static final int[] STORED = {0x000000, 0x00FF00, 0xFF0000, 0x0000FF};

  @TempDir static Path folder;

  @BeforeAll
  static void fields() throws IOException {
    String page = Files.readString(Path.of("../docs/data-sets.md"));
    int start = page.lastIndexOf("```hocon\n") + "```hocon\n".length();
    Files.writeString(
        folder.resolve("fields.conf"),
        page.substring(start, page.indexOf("```", start)).replace("/data/", folder + "/")
            + """
            data { resize { width = 64, height = 32 }, crop { width = 64, height = 32 } }
            model { backbone = resnet18, width = 0.125, rates = [1, 2], batch-norm.affine = trained }
            training { method = source-only, updates = 6, warm-up = 0, batch = 2, optimizer = adam, learning-rate = 1.0e-3 }
            cluster.sync-every = 3
            evaluate.samples = 1
            """);
    Random random = new Random(1);
    for (int i = 0; i < 6; i++) {
      String part = i < 4 ? "train/may/" : "val/june/";
      image("fields/rgb/" + part + i + "_rgb.png", random, 0xFFFFFF);
      // Seldom one colour alone, and every class in each.
      int[] colours = new int[WIDTH * HEIGHT];
      for (int p = 0; p < colours.length; p++) {
        colours[p] = STORED[(p / 8 + i) % STORED.length];
      }
      rgb("fields/gt/" + part + i + "_gt.png", colours);
    }
    image("drone/1.png", random, 0x7F7F7F);
  }

  private static void image(String name, Random random, int mask) throws IOException {
    int[] colours = new int[WIDTH * HEIGHT];
    for (int p = 0; p < colours.length; p++) {
      colours[p] = random.nextInt() & mask;
    }
    rgb(name, colours);
  }

  private static void rgb(String name, int[] colours) throws IOException {
    byte[] rgb = new byte[3 * colours.length];
    for (int p = 0; p < colours.length; p++) {
      rgb[3 * p] = (byte) (colours[p] >> 16);
      rgb[3 * p + 1] = (byte) (colours[p] >> 8);
      rgb[3 * p + 2] = (byte) colours[p];
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, ImageFiles.encodePng(new RgbImage(WIDTH, HEIGHT, rgb)));
  }

  @Test
  @Order(1)
  void trains() {
    assertThat(Answer.to("train", at("fields.conf"), "--out", at("train")).status()).isZero();
    assertThat(folder.resolve("train/checkpoints/round-000002")).isDirectory();
  }

  @Test
  @Order(2)
  void scoresTheClassesThatTheSetNames() throws Exception {
    assertThat(
            Answer.to(
                    "evaluate",
                    at("fields.conf"),
                    "--checkpoint",
                    at("train"),
                    "--out",
                    at("train"))
                .status())
        .isZero();

    JsonNode scores = new ObjectMapper().readTree(folder.resolve("train/scores.json").toFile());
    List<String> classes = new ArrayList<>();
    scores.path("classes").fieldNames().forEachRemaining(classes::add);
    assertThat(classes).containsExactly("crop", "weed");
  }

  @Test
  @Order(3)
  void labelsAFolderInTheClassesColours() throws Exception {
    assertThat(
            Answer.to(
                    "segment",
                    at("fields.conf"),
                    "--checkpoint",
                    at("train"),
                    "--input",
                    at("drone"),
                    "--output",
                    at("labels"),
                    "--color")
                .status())
        .isZero();

    String origin = Files.readString(folder.resolve("labels/_labels.json"));
    assertThat(origin).contains("\"custom\"", "\"weed\"", "\"#ffd700\"");
    byte[] colour;
    try (var files = Files.walk(folder.resolve("labels"))) {
      colour =
          Files.readAllBytes(
              files.filter(file -> file.toString().contains("color")).findFirst().orElseThrow());
    }
    RawLabels shown = ImageFiles.decodeLabelColours(colour);
    assertThat(Arrays.stream(shown.values()).boxed().distinct())
        .isNotEmpty()
        .isSubsetOf(0xA0522D, 0x228B22, 0xFFD700);
    assertThat(
            Answer.to(
                    "segment",
                    at("fields.conf"),
                    "--checkpoint",
                    at("train"),
                    "--input",
                    at("drone"),
                    "--output",
                    at("labels"),
                    "--ids",
                    "cityscapes")
                .err())
        .contains("--ids cityscapes: expected data.labels = cityscapes19, found custom");
  }

  @Test
  @Order(4)
  void theReportShowsTheClasses() throws Exception {
    assertThat(Answer.to("report", at("train")).status()).isZero();
    assertThat(Files.readString(folder.resolve("train/report.html")))
        .contains("background:#ffd700", "weed");
  }

  @Test
  @Order(5)
  void aCheckpointOfOtherClassesIsRefused() throws Exception {
    Path other = folder.resolve("other.conf");
    Files.writeString(
        other, Files.readString(folder.resolve("fields.conf")).replaceAll("\\bweed\\b", "thistle"));

    Answer refused =
        Answer.to(
            "evaluate", other.toString(), "--checkpoint", at("train"), "--out", at("refused"));

    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .contains("was trained on other classes", "its class 2 is weed")
        .contains("data.labels = custom has thistle there");
    assertThat(
            Answer.to(
                    "evaluate",
                    at("fields.conf"),
                    "data.labels=camvid11",
                    "data.classes=[]",
                    "data.custom=[]",
                    "data.sources=[]",
                    "data.evaluation={type=camvid,root=\"" + at("fields") + "\"}",
                    "--checkpoint",
                    at("train"),
                    "--out",
                    at("refused"))
                .err())
        .contains("data.labels = camvid11 has 11 classes, but its classifier has 3");
  }

  @Test
  @Order(6)
  void aRunGoesOnUnderOtherColoursButNotUnderOtherClasses() throws Exception {
    String text = Files.readString(folder.resolve("fields.conf"));
    Path recoloured = folder.resolve("recoloured.conf");
    Files.writeString(recoloured, text.replace("#FFD700", "#FFD701"));
    Path renamed = folder.resolve("renamed.conf");
    Files.writeString(renamed, text.replaceAll("\\bweed\\b", "thistle"));

    assertThat(Answer.to("train", recoloured.toString(), "--out", at("train"), "--resume").status())
        .isZero();
    assertThat(Answer.to("train", renamed.toString(), "--out", at("train"), "--resume").err())
        .contains("data.classes[2].name was \"weed\", found \"thistle\"");
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }
}
