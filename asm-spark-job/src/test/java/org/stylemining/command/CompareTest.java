package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.comparison.ImageMatrix;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.LabelSpace;

/** A comparison in the order in which a person meets its cases, on drawn scenes. */
@ExtendWith(LocalSpark.class)
@TestMethodOrder(OrderAnnotation.class)
class CompareTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] METHODS = {"source-only", "adversarial"};

  @TempDir static Path folder;

  @BeforeAll
  static void data() throws IOException {
    Files.writeString(
        folder.resolve("small.conf"),
        SmallNetwork.scenes(
            folder,
            """
            data.sources = [{ type = gta5, root = "%1$s/data/gta5" }]
            data.supervised { type = cityscapes, root = "%1$s/data/cityscapes", split = train }
            checkpoint.every = 1
            evaluate.samples = 1
            """));
    Answer.drawScenes(folder.resolve("data"), 6, 8, 64, 32);
  }

  @Test
  @Order(1)
  void comparesTwoMethodsUnderTwoSeedsWithAGeneratorForEach() throws Exception {
    assertThat(compare("both")).isZero();

    assertThat(folder.resolve("both/rain").toFile().list())
        .containsExactlyInAnyOrder("seed-1", "seed-2");
    JsonNode compared = json("both/compare.json");
    double[] source = {scores("both/source-only/seed-1"), scores("both/source-only/seed-2")};
    double[] mined = {scores("both/adversarial/seed-1"), scores("both/adversarial/seed-2")};
    assertThat(compared.at("/methods/0/mean").doubleValue())
        .isCloseTo((source[0] + source[1]) / 2, offset(1e-12));
    assertThat(compared.at("/methods/1/deviation").doubleValue())
        .as("of two values, their distance over the root of two")
        .isCloseTo(Math.abs(mined[0] - mined[1]) / Math.sqrt(2), offset(1e-12));
    assertThat(compared.at("/differences/0/difference").doubleValue())
        .isCloseTo((mined[0] - source[0] + mined[1] - source[1]) / 2, offset(1e-12));
    assertThat(compared.at("/methods/0/updates").intValue()).isEqualTo(8);
    assertThat(compared.at("/methods/1/updates").intValue()).isEqualTo(8);
    assertThat(compared.at("/methods/0/sourceImages").intValue())
        .as("two workers, batches of two, an update on each")
        .isEqualTo(32);
    assertThat(compared.at("/methods/1/sourceImages").intValue())
        .as("two updates on each batch")
        .isEqualTo(16);
    assertThat(compared.at("/images").intValue()).isEqualTo(6);
    assertThat(Files.readString(folder.resolve("both/compare.md"))).contains("| adversarial |");
    assertThat(Files.readString(folder.resolve("both/compare.csv")))
        .contains("adversarial,2,mIoU,");
    assertThat(Files.readString(folder.resolve("both/compare.html"))).contains("<h1>small</h1>");
  }

  @Test
  @Order(2)
  void theMatricesOfTheImagesMakeUpTheScores() throws Exception {
    List<ImageMatrix> images =
        ImageMatrix.fromJsonLines(
            Files.readString(folder.resolve("both/adversarial/seed-1/eval/images.jsonl")));
    assertThat(images).hasSize(6);
    assertThat(ImageMatrix.sum(images).scores(LabelSpace.CITYSCAPES19.classes()).mIoU())
        .isCloseTo(scores("both/adversarial/seed-1"), offset(1e-12));
  }

  @Test
  @Order(2)
  void theComparisonAndItsCellsTellWhatMadeThem() {
    for (String place : List.of("both", "both/compare.json")) {
      assertThat(shown(place))
          .contains(
              "comparison    file:" + at("both/compare.json"),
              "made by       asm compare ",
              "executors: 1, workers: 2",
              "data          evaluation cityscapes in ");
    }
    assertThat(shown("both/adversarial/seed-2"))
        .contains("made by       asm train ", "seed          2", "weights       style.rain in ");
    assertThat(shown("both/adversarial/seed-2/eval"))
        .contains("made by       asm compare ", "weights       checkpoint in file:");
  }

  private static String shown(String place) {
    Answer answer = Answer.to("show", at(place));
    assertThat(answer.status()).as(answer.err()).isZero();
    return answer.out();
  }

  @Test
  @Order(3)
  void theSameCommandAgainDoesWhatIsMissingAndNothingElse() throws Exception {
    JsonNode before = json("both/compare.json");
    List<FileTime> networks = networkTimes("both");
    Path kept = folder.resolve("both/source-only/seed-2/eval/scores.json");
    FileTime keptTime = Files.getLastModifiedTime(kept);
    delete(folder.resolve("both/adversarial/seed-2/eval"));

    assertThat(compare("both")).isZero();

    assertThat(networkTimes("both")).as("nothing is trained again").isEqualTo(networks);
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(keptTime);
    assertThat(folder.resolve("both/adversarial/seed-2/eval/scores.json")).exists();
    assertThat(json("both/compare.json").at("/differences")).isEqualTo(before.at("/differences"));
    assertThat(json("both/compare.json").at("/provenance/resumed")).hasSize(1);
    assertThat(compare("both")).as("where nothing is missing").isZero();
    assertThat(json("both/compare.json").at("/provenance/command").asText()).contains("compare");
  }

  @Test
  @Order(4)
  void aCellThatBrokeOffGoesOnToTheSameNetwork() throws Exception {
    Path cell = folder.resolve("both/adversarial/seed-1");
    byte[] network = Files.readAllBytes(cell.resolve("checkpoints/round-000002/model.safetensors"));
    Files.delete(cell.resolve("cell.json"));
    delete(cell.resolve("checkpoints/round-000002"));
    ObjectNode provenance = (ObjectNode) json("both/adversarial/seed-1/provenance.json");
    provenance.remove("ended");
    Files.writeString(cell.resolve("provenance.json"), provenance.toString());

    assertThat(compare("both")).isZero();

    assertThat(Files.readAllBytes(cell.resolve("checkpoints/round-000002/model.safetensors")))
        .isEqualTo(network);
    assertThat(json("both/adversarial/seed-1/provenance.json").path("resumed")).hasSize(1);
    assertThat(json("both/compare.json").at("/methods/1/updates").intValue()).isEqualTo(8);
  }

  @Test
  @Order(5)
  void cellsThatWereMadeOtherwiseAreNotMixedIn() {
    assertThat(compare("both", "training.learning-rate=0.1")).isEqualTo(2);
    assertThat(compare("both", "cluster.workers=1")).isEqualTo(2);
  }

  @Test
  @Order(6)
  void aCellThatFailsLeavesTheOthersAlone() throws Exception {
    int status =
        asm(
            "compare",
            at("small.conf"),
            "style.rain=" + at("both/rain/seed-1"),
            "--methods",
            "source-only,colour-statistics,supervised",
            "--method",
            "broken:model.initial-weights=" + at("nowhere"),
            "--seeds",
            "1",
            "--out",
            at("broken"));

    assertThat(status).isEqualTo(1);
    JsonNode compared = json("broken/compare.json");
    assertThat(compared.at("/cells")).hasSize(3);
    assertThat(compared.at("/failed")).hasSize(1);
    assertThat(compared.at("/failed/0/method").textValue()).isEqualTo("broken");
    assertThat(compared.at("/failed/0/reason").textValue()).contains("nowhere");
    assertThat(Files.readString(folder.resolve("broken/compare.html"))).contains("Failed cells");
  }

  @Test
  @Order(7)
  void cellsAtOnceEndAsOneAfterTheOther() throws Exception {
    for (String[] how : new String[][] {{"beside", "0"}, {"behind", "1"}}) {
      int status =
          asm(
              "compare",
              at("small.conf"),
              "style.rain=" + at("both/rain/seed-1"),
              "cluster.workers=1",
              "--methods",
              "anchored,adversarial",
              "--method",
              "deep:mining.depth=4",
              "--seeds",
              "7",
              "--budget",
              "images",
              "--at-once",
              how[1],
              "--out",
              at(how[0]));
      assertThat(status).isZero();
    }

    for (String method : List.of("anchored", "adversarial", "deep")) {
      String last = method.equals("deep") ? "round-000004" : "round-000002";
      String network = method + "/seed-7/checkpoints/" + last + "/model.safetensors";
      assertThat(Files.readAllBytes(folder.resolve("beside/" + network)))
          .as(method)
          .isEqualTo(Files.readAllBytes(folder.resolve("behind/" + network)));
    }
    JsonNode compared = json("beside/compare.json");
    assertThat(compared.at("/methods/2/updates").intValue())
        .as("twice as deep on as many images")
        .isEqualTo(16);
    assertThat(compared.at("/methods/2/sourceImages").intValue())
        .isEqualTo(compared.at("/methods/1/sourceImages").intValue())
        .isEqualTo(8);
    assertThat(compared.at("/baseline").textValue()).isEqualTo("anchored");
  }

  @Test
  @Order(8)
  void mistakesAreToldBeforeAnyWork() {
    String[][] mistakes = {
      {"--methods", "source-onyl"},
      {"--methods", "source-only,source-only"},
      {"--method", "evaluate-elsewhere:evaluate.samples=9"},
      {"--method", "no/name:mining.depth=1"},
      {"--method", "shorter:training.updates=1"},
      {"--seeds", "1,1"},
      {"--baseline", "random"},
      {"--methods", "adversarial", "--seeds", "1"}
    };
    for (String[] mistake : mistakes) {
      List<String> words =
          new ArrayList<>(List.of("compare", at("small.conf"), "--out", at("mistaken")));
      words.addAll(Arrays.asList(mistake));
      if (!words.contains("--methods")) {
        words.addAll(List.of("--methods", "source-only"));
      }
      assertThat(asm(words.toArray(String[]::new))).as(String.join(" ", mistake)).isEqualTo(2);
      assertThat(folder.resolve("mistaken/compare.json")).doesNotExist();
    }
  }

  @Test
  void aMethodsSettingsMayHoldCommasInBracketsAndQuotes() {
    assertThat(ComparedMethod.defined("wide:model.rates=[1, 2, 4],data.target.anchors=[\"a,b\"]"))
        .isEqualTo(
            new ComparedMethod(
                "wide", List.of("model.rates=[1, 2, 4]", "data.target.anchors=[\"a,b\"]")));
    assertThat(ComparedMethod.defined("adversarial:mining.depth=5").settings())
        .containsExactly("training.method=asm", "mining.sampling=adversarial", "mining.depth=5");
    assertThat(catchThrowable(() -> ComparedMethod.defined("rain:a=b")))
        .isInstanceOf(UserMistake.class);
  }

  /** Both methods under both seeds. */
  private static int compare(String out, String... values) {
    List<String> words = new ArrayList<>(List.of("compare", at("small.conf")));
    words.addAll(List.of(values));
    words.addAll(
        List.of(
            "--methods",
            String.join(",", METHODS),
            "--seeds",
            "1,2",
            "--pretrain",
            "--resamples",
            "50",
            "--out",
            at(out)));
    return asm(words.toArray(String[]::new));
  }

  private static int asm(String... args) {
    return Commands.run(args);
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  private static JsonNode json(String name) throws IOException {
    return JSON.readTree(folder.resolve(name).toFile());
  }

  private static double scores(String cell) throws IOException {
    return json(cell + "/eval/scores.json").path("mIoU").doubleValue();
  }

  private static List<FileTime> networkTimes(String comparison) throws IOException {
    List<FileTime> times = new ArrayList<>();
    for (String method : METHODS) {
      for (int seed = 1; seed <= 2; seed++) {
        times.add(
            Files.getLastModifiedTime(
                folder.resolve(
                    "%s/%s/seed-%d/checkpoints/round-000002/model.safetensors"
                        .formatted(comparison, method, seed))));
      }
    }
    return times;
  }

  private static void delete(Path tree) throws IOException {
    try (var files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
