package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.RgbImage;

/** The check of data sets, as a person asks for it, with two tasks at the same time. */
@ExtendWith(LocalSpark.class)
class DatasetsCheckTest {
  private static final int WRONG = DatasetsCheckJob.WRONG;

  @TempDir Path folder;
  private Path source;
  private Path target;
  private String out;
  private String err;

  @BeforeEach
  void wholeSets() throws IOException {
    source = folder.resolve("source");
    target = folder.resolve("target");
    CheckedFolders.camvid(source, 12, 1);
    CheckedFolders.camvid(target, 5, 2);
    configuration("");
  }

  private void configuration(String more) throws IOException {
    Files.writeString(
        folder.resolve("small.conf"),
        """
        include "reference.conf"
        data {
          sources = [{ type = camvid, root = "%s" }]
          target { type = camvid, root = "%s", anchors = ["002.png"] }
          evaluation { type = camvid, root = "%s" }
          labels = camvid11
          resize { width = 16, height = 12 }
          crop { width = 16, height = 12 }
        }
        %s
        """
            .formatted(source, target, target, more));
  }

  @Test
  void wholeSetsAreFine() throws Exception {
    assertThat(check()).isZero();

    assertThat(err).isEmpty();
    assertThat(out)
        .contains("looking at 17 samples of 3 sets")
        .contains("anchors: file:" + CheckedFolders.image(target, 2))
        .contains("not set, so not checked: style.pretrain.styles")
        .endsWith("page: file:" + folder.resolve("out/check.html") + "\n")
        .doesNotContain("warning");
    JsonNode result = result();
    assertThat(result.path("verdict").textValue()).isEqualTo("fine");
    assertThat(result.path("findings")).isEmpty();
    JsonNode set = result.path("sets").path(0);
    assertThat(set.path("lookedAt").intValue()).isEqualTo(12);
    assertThat(set.path("imageModes").path("8-bit RGB").intValue()).isEqualTo(12);
    assertThat(set.path("labelModes").path("8-bit grey").intValue()).isEqualTo(12);
    assertThat(set.path("sizes").path(0).path("images").intValue()).isEqualTo(12);
    double shares = 0;
    for (JsonNode known : set.path("classes")) {
      shares += known.path("share").doubleValue();
      assertThat(known.path("files").intValue()).isEqualTo(12);
    }
    assertThat(shares).isBetween(0.999999, 1.000001);
    assertThat(set.path("values").path(3).path("meaning").textValue()).isEqualTo("road");
    assertThat(Files.readString(folder.resolve("out/check.html")))
        .contains(
            "<h1>small</h1>", "id=\"classes\"", "id=\"sizes\"", "id=\"samples\"", ">Overlay<");
  }

  @Test
  void eachKindOfDamageIsToldWithItsFile() throws Exception {
    damage();

    assertThat(check()).isEqualTo(WRONG);
    assertThat(out)
        .contains("wrong: data.sources[0]: 1 image that cannot be read: a run would stop")
        .contains("5 of 12 samples are damaged, 41.67%; data.max-bad-fraction allows 1.00%");
    assertThat(found("unreadable-image")).containsExactly("000.png: truncated");
    assertThat(found("unreadable-label")).containsExactly("001.png: labels are expected as PNG");
    assertThat(found("label-mode")).containsExactly("002.png: expected labels of 8 bits in 1 ");
    assertThat(found("unknown-values")).containsExactly("003.png: 1 unknown label value: 77 ");
    assertThat(found("size-mismatch")).containsExactly("004.png: 8x6, the image 16x12");
    JsonNode set = result().path("sets").path(0);
    assertThat(set.path("damaged").intValue()).isEqualTo(5);
    JsonNode unknown = set.path("values").path(set.path("values").size() - 1);
    assertThat(unknown.path("value").intValue()).isEqualTo(77);
    assertThat(unknown.path("meaning").textValue()).isEqualTo("unknown");
    assertThat(unknown.path("files").intValue()).isEqualTo(1);
  }

  private void damage() {
    CheckedFolders.truncate(CheckedFolders.image(source, 0));
    CheckedFolders.write(
        CheckedFolders.label(source, 1), "no image".getBytes(StandardCharsets.UTF_8));
    CheckedFolders.write(CheckedFolders.label(source, 2), CheckedFolders.picture(16, 12, 77));
    CheckedFolders.write(CheckedFolders.label(source, 3), CheckedFolders.labelsOf(77));
    CheckedFolders.write(CheckedFolders.label(source, 4), CheckedFolders.labels(8, 6, 77));
  }

  @Test
  void damageThatTrainingLeavesOutIsAWarning() throws Exception {
    damage();

    assertThat(check("data.max-bad-fraction=0.5")).isZero();
    assertThat(out)
        .contains("warning: data.sources[0]: 1 image that cannot be read: a run would leave such")
        .endsWith("\n")
        .contains("fine, with 5 warnings");
  }

  @Test
  void filesThatAreNotInPairsAreToldOfAllSets() throws Exception {
    Files.delete(CheckedFolders.label(source, 3));
    Files.delete(CheckedFolders.image(target, 4));

    assertThat(check()).isEqualTo(WRONG);
    assertThat(out).contains("003.png").contains("without a label in labels");
    assertThat(out).contains("004.png").contains("without an image in images");
    assertThat(result().path("sets").path(0).path("lookedAt").intValue()).isEqualTo(12);
  }

  @Test
  void mistakesInTheConfigurationAreToldTogetherBeforeAnyWork() {
    assertThat(
            check(
                "data.sources=[{type=camvid,root=\"/no/such\"},{type=gta5,root=\"/tmp\"}]",
                "data.target.anchors=[\"900.png\"]"))
        .isEqualTo(2);
    assertThat(err)
        .contains("data.sources[0].root = file:/no/such: there is no such folder")
        .contains("data.sources[1].type = gta5: its labels are cityscapes19")
        .contains("no image of the target set is called 900.png");
    assertThat(out).doesNotContain("looking at");
    assertThat(check("--sample", "0")).isEqualTo(2);
    assertThat(err).contains("--sample 0: expected 1 or more");
  }

  @Test
  void copiesAreToldByWhatTheyMean() throws Exception {
    CheckedFolders.copy(CheckedFolders.image(target, 2), CheckedFolders.image(source, 5));
    CheckedFolders.copy(CheckedFolders.image(target, 0), CheckedFolders.image(source, 6));
    CheckedFolders.copy(CheckedFolders.image(source, 0), CheckedFolders.image(source, 7));
    CheckedFolders.copy(CheckedFolders.label(source, 1), CheckedFolders.label(source, 8));
    CheckedFolders.copy(CheckedFolders.label(target, 1), CheckedFolders.label(source, 9));
    CheckedFolders.copy(CheckedFolders.image(target, 2), CheckedFolders.image(target, 3));

    assertThat(check()).isZero();
    assertThat(found("anchor-in-sources")).singleElement().asString().startsWith("002.png: ");
    assertThat(found("evaluated-in-sources")).hasSize(2).first().asString().startsWith("000.png");
    assertThat(found("anchor-in-evaluation")).singleElement().asString().startsWith("002.png: ");
    assertThat(found("images-in-set"))
        .contains("000.png: the same as file:" + source.toString().substring(0, 1));
    assertThat(found("labels-in-set")).hasSize(1);
    assertThat(found("labels-across")).hasSize(1);
    assertThat(out).contains("warning: data.sources[0], data.target: 1 anchor image is among");
  }

  @Test
  void aDamagedAnchorOrStyleImageIsWrong() throws Exception {
    CheckedFolders.truncate(CheckedFolders.image(target, 2));
    Path styles = folder.resolve("styles");
    CheckedFolders.write(styles.resolve("a.png"), CheckedFolders.picture(300, 300, 3));
    CheckedFolders.write(styles.resolve("b.jpg"), new byte[] {1, 2, 3});
    configuration("style.pretrain.styles = \"" + styles + "\"");

    assertThat(check("data.max-bad-fraction=1")).isEqualTo(WRONG);
    assertThat(found("damaged-anchor")).singleElement().asString().startsWith("002.png");
    assertThat(out).contains("style.pretrain.styles: 1 image that cannot be read: pretrain would");
  }

  @Test
  void sizesShapesModesAndClassesAreHeldAgainstTheConfiguration() throws Exception {
    for (int i = 0; i < 12; i++) {
      CheckedFolders.write(
          CheckedFolders.label(source, i), CheckedFolders.labelsOf(i == 0 ? 11 : 3));
    }
    CheckedFolders.write(CheckedFolders.image(source, 1), CheckedFolders.picture(8, 6, 7));
    CheckedFolders.write(CheckedFolders.label(source, 1), CheckedFolders.labels(8, 6, 7));
    CheckedFolders.write(
        CheckedFolders.image(source, 2), CheckedFolders.labelsOf(9)); // an image in grey
    assertThat(check("data.resize.width=32", "data.crop.height=24")).isZero();

    assertThat(found("nothing-scored")).singleElement().asString().startsWith("000.png");
    assertThat(found("smaller-than-crop")).contains("001.png: 8x6");
    assertThat(found("other-aspect")).contains("001.png: 8x6, stretched by 100%");
    assertThat(found("image-modes")).containsExactly("002.png: 8-bit grey");
    assertThat(out).contains("data.crop: 16x24 does not fit into data.resize 32x12");
    assertThat(check("data.sources=[{type=camvid,root=\"" + onlyRoad() + "\"}]")).isZero();
    assertThat(out).contains("10 classes are in none of the label files: sky, building, pole");
  }

  private Path onlyRoad() {
    Path road = folder.resolve("road");
    for (int i = 0; i < 2; i++) {
      CheckedFolders.write(CheckedFolders.image(road, i), CheckedFolders.picture(16, 12, 90 + i));
      CheckedFolders.write(CheckedFolders.label(road, i), CheckedFolders.labelsOf(3));
    }
    return road;
  }

  @Test
  void aSampleIsDrawnByTheSeedAndHasTheAnchors() throws Exception {
    CheckedFolders.truncate(CheckedFolders.image(target, 2));

    assertThat(check("--sample", "2")).isEqualTo(WRONG);
    JsonNode sets = result().path("sets");
    assertThat(sets.path(0).path("lookedAt").intValue()).isEqualTo(2);
    assertThat(sets.path(0).path("listed").intValue()).isEqualTo(12);
    assertThat(sets.path(1).path("lookedAt").intValue()).isBetween(2, 3);
    assertThat(found("damaged-anchor")).hasSize(1);
    assertThat(out).contains("2 of 12");
    String bytes = sets.path(0).path("imageBytes").asText();
    check("--sample", "2");
    assertThat(result().path("sets").path(0).path("imageBytes").asText()).isEqualTo(bytes);
  }

  @Test
  void aSetThatTheConfigurationDefinesIsReadByItsTable() throws Exception {
    Path fields = folder.resolve("fields");
    for (int i = 0; i < 4; i++) {
      CheckedFolders.write(
          fields.resolve("rgb/%d.png".formatted(i)), CheckedFolders.picture(16, 12, 50 + i));
      CheckedFolders.write(
          fields.resolve("gt/%d.png".formatted(i)),
          ImageFiles.encodePng(
              RgbImage.filled(16, 12, i == 3 ? new int[] {9, 9, 9} : new int[] {0, 255, 0})));
    }
    Files.writeString(
        folder.resolve("small.conf"),
        """
        include "reference.conf"
        data {
          labels = custom
          classes = [{ name = soil, colour = "#A0522D" }, { name = crop, colour = "#228B22" }]
          custom = [
            {
              type = fields
              images = "rgb/{name}.png"
              labels = "gt/{name}.png"
              colours { soil = "#000000", crop = "#00FF00" }
            }
          ]
          sources = [{ type = fields, root = "%s" }]
          resize { width = 16, height = 12 }
          crop { width = 16, height = 12 }
          max-bad-fraction = 0.5
        }
        """
            .formatted(fields));

    assertThat(check()).isZero();
    assertThat(out)
        .contains("3.png (1 unknown label colour: #090909")
        .contains("a class is in none of the label files: soil")
        .contains("not set, so not checked: data.target, data.evaluation, style.pretrain.styles");
    JsonNode values = result().path("sets").path(0).path("values");
    assertThat(values.path(0).path("colour").textValue()).isEqualTo("#00FF00");
    assertThat(values.path(0).path("meaning").textValue()).isEqualTo("crop");
    assertThat(values.path(1).path("meaning").textValue()).isEqualTo("unknown");
  }

  @Test
  void explainsItself() {
    assertThat(run("datasets", "check", "--help")).isZero();
    assertThat(out).startsWith("Usage: asm datasets check ").contains("--sample", "Exit status");
  }

  @Test
  void theDemosDataAreFine() throws Exception {
    Path data = folder.resolve("demo");
    Answer.drawScenes(data, 12, 12, 128, 64);
    Files.writeString(
        folder.resolve("small.conf"),
        """
        include "reference.conf"
        data {
          sources = [{ type = gta5, root = "%s/gta5" }, { type = synthia, root = "%s/synthia" }]
          target { type = cityscapes, root = "%s/cityscapes", split = train }
          evaluation { type = cityscapes, root = "%s/cityscapes", split = val }
          resize { width = 128, height = 64 }
          crop { width = 128, height = 64 }
        }
        """
            .formatted(data, data, data, data));

    assertThat(check()).isZero();
    JsonNode sets = result().path("sets");
    assertThat(sets.path(0).path("labelModes").path("8-bit palette").intValue()).isEqualTo(12);
    assertThat(sets.path(1).path("labelModes").path("16-bit RGB").intValue()).isEqualTo(12);
    for (JsonNode set : sets) {
      assertThat(set.path("damaged").intValue()).isZero();
    }
  }

  @Test
  void camVidIsWhatItIsSaidToBe() throws Exception {
    String shared =
        Optional.ofNullable(System.getenv("ASM_SHARED_DATA")).orElse("../../shared/data");
    Path camvid = Path.of(shared, "camvid").toAbsolutePath();
    assumeTrue(Files.isDirectory(camvid), () -> "no CamVid in " + camvid + ": set ASM_SHARED_DATA");
    source = camvid.resolve("day");
    target = camvid.resolve("dusk");
    configuration("");

    assertThat(
            check(
                "--sample",
                "20",
                "data.target.anchors=[\"0001TP_006690.png\"]",
                "data.resize={width=480,height=360}",
                "data.crop={width=480,height=360}"))
        .isZero();
    JsonNode sets = result().path("sets");
    assertThat(sets.path(0).path("listed").intValue()).isEqualTo(305);
    assertThat(sets.path(2).path("listed").intValue()).isEqualTo(62);
    assertThat(sets.path(0).path("damaged").intValue()).isZero();
  }

  /** {@code file: detail} of each example of a kind of finding, cut to what tests look for. */
  private List<String> found(String code) throws IOException {
    List<String> found = new ArrayList<>();
    for (JsonNode finding : result().path("findings")) {
      if (finding.path("code").textValue().equals(code)) {
        StreamSupport.stream(finding.path("examples").spliterator(), false)
            .map(example -> told(code, example))
            .forEach(found::add);
      }
    }
    return found;
  }

  private static String told(String code, JsonNode example) {
    String file = example.path("file").textValue();
    String detail = example.path("detail").asText();
    int most =
        switch (code) {
          case "unreadable-image" -> "truncated".length();
          case "unreadable-label" -> "labels are expected as PNG".length();
          case "label-mode" -> "expected labels of 8 bits in 1 ".length();
          case "unknown-values" -> "1 unknown label value: 77 ".length();
          case "images-in-set" -> "the same as file:/".length();
          default -> detail.length();
        };
    return file.substring(file.lastIndexOf('/') + 1)
        + ": "
        + detail.substring(0, Math.min(most, detail.length()));
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out/check.json").toFile());
  }

  private int check(String... more) {
    List<String> words =
        new ArrayList<>(List.of("datasets", "check", folder.resolve("small.conf").toString()));
    words.addAll(List.of(more));
    words.addAll(List.of("--out", folder.resolve("out").toString()));
    return run(words.toArray(String[]::new));
  }

  private int run(String... words) {
    Answer answer = Answer.to(words);
    out = answer.out();
    err = answer.err();
    return answer.status();
  }
}
