package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sets are packed, trained on and packed again as a person would, with two tasks at a time. */
@ExtendWith(LocalSpark.class)
@TestMethodOrder(OrderAnnotation.class)
class PackTest {
  @TempDir static Path folder;

  private static String told = "";

  @BeforeAll
  static void dataAndSettings() throws IOException {
    Files.writeString(
        folder.resolve("small.conf"),
        SmallNetwork.scenes(
            folder,
            """
            data { resize { width = 32, height = 16 }, crop { width = 32, height = 16 } }
            style {
              rain = "%s/rain"
              pretrain {
                iterations = 2
                resize { width = 32, height = 32 }
                bank { size = 20, iterations = 4 }
                encoder-training.iterations = 2
              }
            }
            evaluate.samples = 2
            """));
    Answer.drawScenes(folder.resolve("data"), 20, 8, 256, 128);
  }

  @Test
  @Order(1)
  void packsTheSetsOfAConfiguration() throws Exception {
    for (String format : List.of("sequence", "parquet")) {
      pack(0, "data.sources[0]", format + "/gta5", "--format", format);
      pack(0, "data.sources[1]", format + "/synthia", "--format", format);
    }
    assertThat(run("datasets", "pack", at("small.conf"), "--out", at("none"))).isEqualTo(2);
    assertThat(told).contains("--set", "data.sources[0], data.sources[1], data.target");
    assertThat(
            run(
                "datasets",
                "pack",
                "--type",
                "cityscapes",
                "--root",
                at("data/cityscapes"),
                "--out",
                at("sequence/cityscapes")))
        .isZero();

    assertThat(names("sequence/gta5"))
        .contains(
            "_pack.json", "_plan.json", "_provenance.json", "part-00000.seq", "part-00001.seq")
        .doesNotContain("_shards", "_temporary", "_failures.jsonl");
    assertThat(names("parquet/gta5")).contains("part-00000.parquet", "part-00001.parquet");
    JsonNode manifest =
        new ObjectMapper().readTree(folder.resolve("parquet/gta5/_pack.json").toFile());
    assertThat(manifest.path("type").textValue()).isEqualTo("gta5");
    assertThat(manifest.path("images").intValue()).isEqualTo(20);
    assertThat(manifest.path("labels").intValue()).isEqualTo(20);
  }

  @Test
  @Order(2)
  void aPackedSetTellsWhatItWasMadeOf() {
    Answer answer = Answer.to("show", at("sequence/synthia"));

    assertThat(answer.status()).isZero();
    assertThat(answer.out())
        .contains(
            "packed set    file:" + at("sequence/synthia"),
            "made by       asm datasets pack ",
            "data          packed synthia in file:" + at("data/synthia") + ": 40 files, ",
            "data.sources[1].root = ");
  }

  @Test
  @Order(2)
  void aNetworkTrainedOnPackedSetsIsTheOneTrainedOnFoldersBitForBit() throws Exception {
    assertThat(run("pretrain", at("small.conf"), "--out", at("rain"))).isZero();
    assertThat(run("train", at("small.conf"), "--out", at("train"))).isZero();
    for (String format : List.of("sequence", "parquet")) {
      assertThat(
              run(
                  "train",
                  at("small.conf"),
                  sources(format),
                  "data.target.root=" + at("sequence/cityscapes"),
                  "--out",
                  at("train-" + format)))
          .isZero();

      assertThat(model("train-" + format)).isEqualTo(model("train"));
    }
    assertThat(run("pretrain", at("small.conf"), sources("sequence"), "--out", at("rain-sequence")))
        .isZero();
    assertThat(Files.readAllBytes(folder.resolve("rain-sequence/rain.safetensors")))
        .isEqualTo(Files.readAllBytes(folder.resolve("rain/rain.safetensors")));
  }

  @Test
  @Order(3)
  void anchorsAndScoresAreThoseOfTheFolder() throws Exception {
    String anchor = names("data/cityscapes/leftImg8bit/val/hazeburg").iterator().next();
    for (String root : List.of("data", "sequence")) {
      assertThat(
              run(
                  "evaluate",
                  at("small.conf"),
                  "data.target.root=" + at(root + "/cityscapes"),
                  "data.target.split=val",
                  "data.target.anchors=[\"hazeburg/" + anchor + "\"]",
                  "data.evaluation.root=" + at(root + "/cityscapes"),
                  "--checkpoint",
                  at("train"),
                  "--out",
                  at("scores-" + root)))
          .isZero();
      assertThat(told).contains("scoring 5 images");
    }
    assertThat(scores("scores-sequence")).isEqualTo(scores("scores-data"));
  }

  /** What an evaluation found, without what made it. */
  private static JsonNode scores(String out) throws IOException {
    JsonNode scores = new ObjectMapper().readTree(folder.resolve(out + "/scores.json").toFile());
    assertThat(scores.path("mIoU").isNumber()).isTrue();
    return ((ObjectNode) scores).without("provenance");
  }

  @Test
  @Order(4)
  void theSameCommandAgainDoesWhatIsMissing() throws Exception {
    pack(0, "data.sources[0]", "sequence/gta5");
    assertThat(told).contains("nothing to do");
    Map<String, Object> before = modified("sequence/gta5");
    Files.write(folder.resolve("sequence/gta5/part-00001.seq"), new byte[3]);

    pack(0, "data.sources[0]", "sequence/gta5");

    assertThat(told).contains("1 of them were there already").contains("packed: ");
    assertThat(modified("sequence/gta5").get("part-00000.seq"))
        .isEqualTo(before.get("part-00000.seq"));
    assertThat(folder.resolve("sequence/gta5/part-00001.seq").toFile().length()).isGreaterThan(3);
    assertThat(run("train", at("small.conf"), sources("sequence"), "--out", at("train-again")))
        .isZero();
    assertThat(model("train-again")).isEqualTo(model("train"));
  }

  @Test
  @Order(5)
  void aPackThatWasBrokenOffGoesOn() throws Exception {
    Path set = copy("data/gta5", "broken-off");
    Path last = set.resolve("images").resolve(last("broken-off/images"));
    byte[] whole = Files.readAllBytes(last);
    Files.write(last, new byte[] {1, 2, 3});
    assertThat(pack("broken-off", "broken-packed")).isEqualTo(4);
    assertThat(told).contains("no manifest", last.getFileName().toString());
    assertThat(names("broken-packed")).contains("_shards", "_failures.jsonl", "part-00000.seq");
    assertThat(run("train", at("small.conf"), source("broken-packed"), "--out", at("none")))
        .isEqualTo(2);
    assertThat(told).contains("not finished");
    Files.write(last, whole);

    assertThat(pack("broken-off", "broken-packed")).isZero();

    assertThat(told).contains("1 of them were there already");
    assertThat(names("broken-packed")).doesNotContain("_shards", "_failures.jsonl");
    assertThat(names("broken-packed")).contains("_pack.json");
  }

  @Test
  @Order(6)
  void damagedSamplesAreLeftOutWithinTheLimit() throws Exception {
    Path set = copy("data/gta5", "damaged");
    Files.write(set.resolve("labels").resolve(last("damaged/labels")), new byte[] {1, 2, 3});

    assertThat(
            run(
                "datasets",
                "pack",
                at("small.conf"),
                source("damaged"),
                "data.max-bad-fraction=0.1",
                "--out",
                at("damaged-packed")))
        .isEqualTo(3);

    assertThat(told).contains("left out: images/" + last("damaged/images"));
    assertThat(Files.readAllLines(folder.resolve("damaged-packed/_failures.jsonl"))).hasSize(1);
    assertThat(run("train", at("small.conf"), source("damaged-packed"), "--out", at("train-19")))
        .isZero();
  }

  @Test
  @Order(7)
  void aSetThatChangedSinceItWasPackedIsNotMixedIn() throws Exception {
    Path set = copy("data/gta5", "changing");
    assertThat(pack("changing", "changing-packed")).isZero();
    Path first = set.resolve("images").resolve(names("changing/images").iterator().next());
    Files.write(first, Files.readAllBytes(set.resolve("images").resolve(last("changing/images"))));

    assertThat(pack("changing", "changing-packed")).isEqualTo(2);
    assertThat(told).contains("changed in size or time", first.getFileName().toString());
    assertThat(pack("changing", "changing-packed", "--shard-mb", "7")).isEqualTo(2);
    assertThat(told).contains("--shard-mb was 1, found 7", "--overwrite");
    assertThat(pack("changing", "changing-packed", "--shard-mb", "7", "--overwrite")).isZero();

    assertThat(names("changing-packed"))
        .contains("part-00000.seq")
        .doesNotContain("part-00001.seq");
  }

  @Test
  @Order(8)
  void mistakesAreToldBeforeAnyWork() throws Exception {
    assertThat(pack("data/gta5", "data/gta5")).isEqualTo(2);
    assertThat(told).contains("another folder than the set's own");
    assertThat(pack("data/gta5", "data/synthia")).isEqualTo(2);
    assertThat(told).contains("expected an empty folder");
    assertThat(pack("data/gta5", "none", "--shard-mb", "0")).isEqualTo(2);
    assertThat(told).contains("--shard-mb 0: expected 1..65536");
    assertThat(pack("data/gta5", "none", "--split", "train")).isEqualTo(2);
    assertThat(told).contains("set.split = train");
    assertThat(pack("nowhere", "none")).isEqualTo(2);
    assertThat(told).contains("there is no such folder");
    assertThat(run("datasets", "pack", "--type", "gta5", "--out", at("none"))).isEqualTo(2);
    assertThat(told).contains("--type and --root");
    assertThat(run("datasets")).isEqualTo(2);
  }

  private static void pack(int status, String set, String out, String... more) {
    Stream<String> words =
        Stream.of(
            "datasets",
            "pack",
            at("small.conf"),
            "--set",
            set,
            "--out",
            at(out),
            "--shard-mb",
            "1");
    assertThat(run(Stream.concat(words, Stream.of(more)).toArray(String[]::new)))
        .as(told)
        .isEqualTo(status);
  }

  private static int pack(String root, String out, String... more) {
    Stream<String> words =
        Stream.of("datasets", "pack", "--type", "gta5", "--root", at(root), "--out", at(out));
    Stream<String> size =
        List.of(more).contains("--shard-mb") ? Stream.empty() : Stream.of("--shard-mb", "1");
    return run(Stream.of(words, size, Stream.of(more)).flatMap(all -> all).toArray(String[]::new));
  }

  private static int run(String... args) {
    Answer answer = Answer.to(args);
    told = answer.out() + answer.err();
    return answer.status();
  }

  private static String sources(String format) {
    return "data.sources=[{type=gta5,root=\"%1$s/gta5\"},{type=synthia,root=\"%1$s/synthia\"}]"
        .formatted(at(format));
  }

  private static String source(String root) {
    return "data.sources=[{type=gta5,root=\"%s\"}]".formatted(at(root));
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  /** The names in a folder, without the checksums that Hadoop writes beside files. */
  private static SortedSet<String> names(String name) {
    SortedSet<String> names = new TreeSet<>(List.of(folder.resolve(name).toFile().list()));
    names.removeIf(file -> file.startsWith("."));
    return names;
  }

  private static String last(String name) {
    return names(name).last();
  }

  private static Map<String, Object> modified(String name) throws IOException {
    Map<String, Object> times = new TreeMap<>();
    for (String file : names(name)) {
      times.put(file, Files.getLastModifiedTime(folder.resolve(name).resolve(file)));
    }
    return times;
  }

  private static byte[] model(String run) throws IOException {
    return Files.readAllBytes(folder.resolve(run + "/checkpoints/round-000002/model.safetensors"));
  }

  private static Path copy(String from, String to) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(from))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          Path target = folder.resolve(to).resolve(folder.resolve(from).relativize(file));
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    }
    return folder.resolve(to);
  }
}
