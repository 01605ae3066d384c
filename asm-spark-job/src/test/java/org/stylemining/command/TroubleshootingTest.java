package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/troubleshooting.md quotes what the program says, not what it once said. */
@ExtendWith(ProjectExperiments.class)
class TroubleshootingTest {
  private static final String PAGE = "docs/troubleshooting.md";

  /** Stands for what differs from case to case. */
  private static final String ANYTHING = "…";

  private static final Pattern MESSAGE = Pattern.compile("(?m)^### (`+)(.*)\\1$");

  @TempDir Path folder;

  /** The messages that the page explains. */
  static List<String> messages() throws IOException {
    return MESSAGE
        .matcher(Files.readString(Page.ROOT.resolve(PAGE)))
        .results()
        .map(found -> found.group(2))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageIsInTheProgram(String message) throws IOException {
    List<String> parts =
        Arrays.stream(message.split(ANYTHING, -1))
            .filter(part -> part.strip().length() > 2)
            .toList();
    assertThat(parts).as("what is always the same in: " + message).isNotEmpty();

    assertThat(sources())
        .as("no source says: " + message + "; see " + PAGE)
        .anyMatch(source -> parts.stream().allMatch(source::contains));
  }

  @Test
  void messagesThatTakeNoClusterAreGivenAsThePageQuotesThem() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    List<String> said = new ArrayList<>();
    for (String[] words :
        new String[][] {
          {"trian", "demo"},
          {"train", "demo", "--out", "x", "--resmue"},
          {"train", "demo", "--out", "x", "--master", "yarn"},
          {"train", "demo", "--out", "x", "--training.batch=8"},
          {"train", "demo"},
          {"train", "mnist-to-ups", "--out", "x"},
          {"config", "demo", "training.updaets=3"},
          {"config", "demo", "updates"},
          {"config", "demo", "mining.step=relativ"},
          {"config", "demo", "model.network=resnet18"},
          {"train", "gta5-to-cityscapes", "--out", at("run")},
          {"train", "demo", "data.sources=[{type=gta6,root=/data}]", "--out", at("run")},
          {"train", "demo", "data.sources=[{type=gta5,root=" + at("none") + "}]", "--out", at("a")},
          {"train", "demo", "data.sources=[{type=gta5,root=" + empty + "}]", "--out", at("b")},
          {"evaluate", "demo", "--checkpoint", at("no-run"), "--out", at("scores")},
          {"doctor", "--gpu"},
          {
            "segment",
            "mnist-to-usps",
            "--checkpoint",
            at("no"),
            "--input",
            at("no"),
            "--output",
            at("c")
          }
        }) {
      Answer answer = Answer.to(words);
      assertThat(answer.status()).as(String.join(" ", words)).isEqualTo(2);
      said.add(answer.err());
    }

    assertThat(said)
        .allSatisfy(
            err ->
                assertThat(messages())
                    .as("explained on " + PAGE)
                    .anyMatch(message -> pattern(message).matcher(err).find()));
  }

  private static Pattern pattern(String message) {
    return Pattern.compile(
        Arrays.stream(message.split(ANYTHING, -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }

  /** The program's sources, with texts that are put together in one piece. */
  private static List<String> sources() throws IOException {
    List<String> sources = new ArrayList<>();
    for (String module : List.of("asm-core", "asm-spark-job")) {
      try (Stream<Path> files = Files.walk(Page.ROOT.resolve(module + "/src/main/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          sources.add(
              Files.readString(file)
                  .replaceAll("\"\\s*\\+\\s*\"", "")
                  .replace("%%", "%")
                  .replace("\\\"", "\""));
        }
      }
    }
    sources.add(Files.readString(Page.ROOT.resolve("bin/asm")));
    return sources;
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }
}
