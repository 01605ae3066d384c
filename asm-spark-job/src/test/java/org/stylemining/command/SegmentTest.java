package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.adapt.TaskTraining;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ConfigReader;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.RawLabels;
import org.stylemining.image.RgbImage;
import org.stylemining.weights.CheckpointState;
import org.stylemining.weights.CheckpointStore;

/** Labels for a folder tree, as a person asks for them, with two tasks at the same time. */
@ExtendWith(LocalSpark.class)
@TestMethodOrder(OrderAnnotation.class)
class SegmentTest {
  private static final String VAL = "cityscapes/leftImg8bit/val";

  @TempDir static Path folder;

  private static String errors = "";

  @BeforeAll
  static void modelAndImages() throws Exception {
    Files.writeString(
        folder.resolve("small.conf"),
        """
        include "reference.conf"
        data {
          evaluation { type = cityscapes, root = "%s/data/cityscapes", split = val }
          resize { width = 64, height = 32 }
          max-bad-fraction = 0.2
        }
        model { backbone = resnet18, width = 0.125, rates = [1, 2] }
        evaluate.samples = 2
        """
            .formatted(folder));
    checkpoint("run", "1");
    checkpoint("run2", "2");
    Answer.drawScenes(folder.resolve("data"), 1, 8, 64, 32);
    Path in = folder.resolve("in");
    List<Path> drawn;
    try (Stream<Path> files = Files.walk(folder.resolve("data/" + VAL))) {
      drawn = files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
    Files.createDirectories(in.resolve("straße 1/日本"));
    Files.copy(drawn.get(0), in.resolve("straße 1/日本/first one.png"));
    Files.copy(drawn.get(1), in.resolve("straße 1/second.PNG"));
    Files.copy(drawn.get(2), in.resolve("third.png"));
    RgbImage image = ImageFiles.decodeRgb(Files.readAllBytes(drawn.get(3)));
    Files.write(in.resolve("grey.jpg"), jpeg(grey(image, 50, 70)));
    Files.write(in.resolve("cmyk.jpeg"), jpeg(cmyk(image)));
    Files.write(in.resolve("damaged.png"), Arrays.copyOf(Files.readAllBytes(drawn.get(4)), 1_000));
    Files.writeString(in.resolve("notes.txt"), "not an image");
  }

  @Test
  @Order(1)
  void labelsTheTreeAndNamesTheDamagedImage() throws Exception {
    assertThat(segment("in", "out", "--color", "--overlay", "--probabilities")).isEqualTo(3);

    assertThat(errors).contains("damaged.png").contains("truncated").contains("_failures.jsonl");
    assertThat(names("out"))
        .contains("straße 1/日本/first one.png", "straße 1/second.png", "third.png")
        .contains("grey_color.png", "grey_overlay.png", "cmyk_probability.png")
        .contains("_SUCCESS", "_summary.json", "_labels.json", "_provenance.json")
        .noneMatch(name -> name.contains("damaged") || name.contains("_temporary"))
        .hasSize(5 * 4 + 5);
    assertThat(Files.readAllLines(folder.resolve("out/_failures.jsonl"))).hasSize(1);
    JsonNode failure = new ObjectMapper().readTree(folder.resolve("out/_failures.jsonl").toFile());
    assertThat(failure.path("image").textValue()).isEqualTo("file:" + at("in/damaged.png"));
    assertThat(failure.path("reason").textValue()).startsWith("truncated");
    JsonNode summary = json("out/_summary.json");
    assertThat(summary.path("images").intValue()).isEqualTo(6);
    assertThat(summary.path("labelled").intValue()).isEqualTo(5);
    assertThat(summary.path("failed").intValue()).isEqualTo(1);
    assertThat(summary.path("otherFiles").intValue()).isEqualTo(1);
    double shares = 0;
    for (JsonNode share : summary.path("classShares")) {
      shares += share.doubleValue();
    }
    assertThat(shares).isBetween(0.9999, 1.0001);
    JsonNode provenance = json("out/_provenance.json");
    assertThat(provenance.path("command").textValue()).contains("segment").contains(at("in"));
    assertThat(provenance.path("ended").isTextual()).isTrue();
  }

  @Test
  @Order(2)
  void labelsTellWhatMadeThem() {
    for (String place : List.of("out", "out/_summary.json")) {
      Answer answer = Answer.to("show", at(place));
      assertThat(answer.status()).isZero();
      assertThat(answer.out())
          .contains(
              "labels        file:" + at("out"),
              "made by       asm segment ",
              "weights       checkpoint in file:",
              "configuration");
    }
  }

  @Test
  @Order(2)
  void everyFileHasTheImagesOwnSize() throws Exception {
    for (String view : List.of("", "_color", "_overlay", "_probability")) {
      RgbImage grey = ImageFiles.decodeRgb(bytes("out/grey" + view + ".png"));
      assertThat(List.of(grey.width(), grey.height())).containsExactly(50, 70);
      RgbImage cmyk = ImageFiles.decodeRgb(bytes("out/cmyk" + view + ".png"));
      assertThat(List.of(cmyk.width(), cmyk.height())).containsExactly(64, 32);
    }
  }

  @Test
  @Order(3)
  void labelsAreThoseThatAreScored() throws Exception {
    assertThat(run("evaluate", at("small.conf"), "--checkpoint", at("run"), "--out", at("scores")))
        .isZero();
    assertThat(segment("data/" + VAL, "val")).isZero();

    int compared = 0;
    for (String sample : folder.resolve("scores/samples").toFile().list()) {
      if (sample.endsWith("-prediction.png")) {
        String name = sample.replace("-prediction.png", ".png");
        String city = name.substring(0, name.indexOf('_'));
        assertThat(labels("val/" + city + "/" + name))
            .isEqualTo(labels("scores/samples/" + sample));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(2);
  }

  @Test
  @Order(4)
  void aCompleteFolderIsLeftAlone() throws Exception {
    var before = times("val");

    assertThat(segment("data/" + VAL, "val")).isZero();

    assertThat(times("val")).isEqualTo(before);
  }

  @Test
  @Order(5)
  void aRunThatWasKilledGoesOnWhereItWas() throws Exception {
    byte[] whole = bytes("out/grey.png");
    Files.delete(folder.resolve("out/grey.png"));
    Files.delete(folder.resolve("out/straße 1/日本/first one_color.png"));
    Files.delete(folder.resolve("out/_SUCCESS"));
    Files.delete(folder.resolve("out/_summary.json"));
    Files.createDirectories(folder.resolve("out/_temporary"));
    Files.write(folder.resolve("out/_temporary/unfinished"), new byte[9]);
    FileTime kept = Files.getLastModifiedTime(folder.resolve("out/third.png"));

    assertThat(segment("in", "out", "--color", "--overlay", "--probabilities")).isEqualTo(3);

    assertThat(bytes("out/grey.png")).isEqualTo(whole);
    assertThat(Files.getLastModifiedTime(folder.resolve("out/third.png"))).isEqualTo(kept);
    assertThat(names("out")).contains("_SUCCESS").hasSize(5 * 4 + 5);
    assertThat(folder.resolve("out/_temporary")).doesNotExist();
    assertThat(json("out/_summary.json").path("alreadyDone").intValue()).isEqualTo(3);
    assertThat(json("out/_summary.json").path("labelled").intValue()).isEqualTo(2);
    assertThat(json("out/_provenance.json").path("resumed")).hasSize(1);
  }

  @Test
  @Order(6)
  void aMendedImageIsLabelledAndTheFailureForgotten() throws Exception {
    Files.write(folder.resolve("in/damaged.png"), bytes("in/third.png"));

    assertThat(segment("in", "out")).isZero();

    assertThat(labels("out/damaged.png")).isEqualTo(labels("out/third.png"));
    assertThat(folder.resolve("out/_failures.jsonl")).doesNotExist();
    assertThat(folder.resolve("out/damaged_color.png")).doesNotExist();
  }

  @Test
  @Order(7)
  void labelsOfAnotherCheckpointOrSizeAreNotMixedIn() throws Exception {
    var before = times("out");

    assertThat(
            run(
                "segment",
                at("small.conf"),
                "evaluate.resize={width=32,height=32}",
                "--checkpoint",
                at("run2"),
                "--input",
                at("in"),
                "--output",
                at("out")))
        .isEqualTo(2);
    assertThat(errors).contains("run2").contains("32x32").contains("--overwrite");
    assertThat(segment("in/straße 1", "out")).isEqualTo(2);
    assertThat(times("out")).isEqualTo(before);
  }

  @Test
  @Order(8)
  void overwritingReplacesEverythingOfTheOtherCheckpoint() throws Exception {
    var before = times("out");

    assertThat(
            run(
                "segment",
                at("small.conf"),
                "--checkpoint",
                at("run2"),
                "--input",
                at("in"),
                "--output",
                at("out"),
                "--overwrite",
                "--ids",
                "cityscapes",
                "--color"))
        .isZero();

    var after = times("out");
    before.forEach(
        (name, time) ->
            assertThat(after.getOrDefault(name, FileTime.fromMillis(Long.MAX_VALUE)))
                .as(name)
                .isGreaterThan(time));
    assertThat(after.keySet()).noneMatch(name -> name.endsWith("_overlay.png"));
    assertThat(json("out/_labels.json").path("classes").path(0).path("value").intValue())
        .isEqualTo(7);
  }

  @Test
  @Order(9)
  void aPatternNamesItsImages() throws Exception {
    assertThat(segment("in/*.jp*g", "jpegs")).isZero();

    assertThat(names("jpegs")).contains("grey.png", "cmyk.png").doesNotContain("third.png");
  }

  @Test
  @Order(10)
  void whereTooManyAreDamagedThereIsNoSuccess() throws Exception {
    for (int i = 0; i < 3; i++) {
      Files.writeString(folder.resolve("in/no-image-" + i + ".png"), "<html>");
    }
    assertThat(segment("in", "bad")).isEqualTo(4);

    assertThat(names("bad")).contains("third.png").doesNotContain("_SUCCESS");
    assertThat(errors).contains("data.max-bad-fraction = 0.2");
    assertThat(json("bad/_summary.json").path("complete").booleanValue()).isFalse();
  }

  @Test
  @Order(11)
  void failuresOfImagesThatWereTakenAwayAreForgotten() throws Exception {
    for (int i = 0; i < 3; i++) {
      Files.delete(folder.resolve("in/no-image-" + i + ".png"));
    }
    assertThat(segment("in", "bad")).isZero();

    assertThat(names("bad")).contains("_SUCCESS").doesNotContain("_failures.jsonl");
    assertThat(json("bad/_summary.json").path("alreadyDone").intValue()).isEqualTo(6);
  }

  @Test
  @Order(12)
  void everyMistakeIsToldAtOnceBeforeAnyWork() {
    assertThat(
            run(
                "segment",
                at("small.conf"),
                "data.labels=camvid11",
                "--ids",
                "cityscapes",
                "--batch=-1",
                "--checkpoint",
                at("none"),
                "--input",
                at("nowhere"),
                "--output",
                at("mistakes")))
        .isEqualTo(2);
    assertThat(errors)
        .contains("--ids cityscapes")
        .contains("--batch -1")
        .contains(at("none"))
        .contains("--input " + at("nowhere"))
        .doesNotContain("\tat ");
  }

  private static int segment(String input, String output, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "segment",
                at("small.conf"),
                "--checkpoint",
                at("run"),
                "--input",
                at(input),
                "--output",
                at(output)));
    words.addAll(List.of(options));
    return run(words.toArray(String[]::new));
  }

  private static int run(String... words) {
    Answer answer = Answer.to(words);
    errors = answer.err();
    return answer.status();
  }

  /** A run of an untrained network. */
  private static void checkpoint(String name, String seed) throws IOException {
    AsmConfig config = ConfigReader.read(at("small.conf"), List.of("seed=" + seed));
    new CheckpointStore(new org.apache.hadoop.fs.Path(at(name)), new Configuration())
        .save(
            new CheckpointState(1, 1, 1, 1, 1, "test", "test", config.render(), null),
            TaskTraining.initial(config, Optional.empty(), ""),
            new float[0]);
  }

  private static BufferedImage grey(RgbImage image, int width, int height) {
    BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        grey.getRaster().setSample(x, y, 0, image.at(x % image.width(), y % image.height(), 1));
      }
    }
    return grey;
  }

  private static Raster cmyk(RgbImage image) {
    WritableRaster ink =
        Raster.createWritableRaster(
            new BandedSampleModel(DataBuffer.TYPE_BYTE, image.width(), image.height(), 4), null);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int c = 0; c < 3; c++) {
          ink.setSample(x, y, c, 255 - image.at(x, y, c));
        }
      }
    }
    return ink;
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    return jpeg(new IIOImage(image, null, null));
  }

  private static byte[] jpeg(Raster raster) throws IOException {
    return jpeg(new IIOImage(raster, null, null));
  }

  private static byte[] jpeg(IIOImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(image);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static int[] labels(String name) throws IOException {
    RawLabels raw = ImageFiles.decodeLabels(bytes(name));
    assertThat(raw.bits()).isEqualTo(8);
    return raw.values();
  }

  private static List<String> names(String name) throws IOException {
    return List.copyOf(times(name).keySet());
  }

  private static TreeMap<String, FileTime> times(String name) throws IOException {
    TreeMap<String, FileTime> times = new TreeMap<>();
    Path root = folder.resolve(name);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        times.put(root.relativize(file).toString(), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(bytes(name));
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }
}
