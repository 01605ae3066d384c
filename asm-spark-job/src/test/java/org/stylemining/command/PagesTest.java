package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds on every page of Markdown in the checkout: links lead somewhere, and the program
 * understands the commands that are shown. Commands of other programs are left out.
 */
class PagesTest {
  /** In a block that shows a mistyped key on purpose. */
  private static final String ON_PURPOSE = "no such key";

  static List<Page> pages() {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsToAFileAndAHeadingOfIt(Page page) {
    List<String> broken = new ArrayList<>();
    for (String destination : page.destinations()) {
      if (destination.matches("[a-z]+:.*")) {
        continue; // another site, or an address
      }
      int hash = destination.indexOf('#');
      String path = hash < 0 ? destination : destination.substring(0, hash);
      Path target =
          path.isEmpty()
              ? page.file()
              : page.file()
                  .resolveSibling(URLDecoder.decode(path, StandardCharsets.UTF_8))
                  .normalize();
      boolean leads =
          Files.exists(target)
              && (hash < 0
                  || !target.toString().endsWith(".md")
                  || Page.read(target).anchors().contains(destination.substring(hash + 1)));
      if (!leads) {
        broken.add(destination);
      }
    }

    assertThat(broken).as("links of %s that lead nowhere", page).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theProgramUnderstandsEveryCommand(Page page) {
    List<String> mistakes = new ArrayList<>();
    for (Page.CodeBlock block : page.blocks()) {
      if (block.text().contains(ON_PURPOSE)) {
        continue;
      }
      for (WrittenCommand command : WrittenCommand.in(block.text())) {
        add(mistakes, command, command.isWhole());
      }
    }
    for (String code : page.code()) {
      for (WrittenCommand command : WrittenCommand.in(code)) {
        add(mistakes, command, false);
      }
    }

    assertThat(mistakes).as("commands of %s", page).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyTestThatIsNamedIsThere(Page page) {
    List<String> named =
        page.code().stream().filter(code -> code.matches("[A-Z]\\w+(Test|IT)")).distinct().toList();

    assertThat(named).as("tests that %s names", page).allMatch(tests()::contains);
  }

  private static Set<String> tests() {
    return Page.files(".java").stream()
        .map(file -> file.getFileName().toString().replace(".java", ""))
        .collect(Collectors.toSet());
  }

  private static void add(List<String> mistakes, WrittenCommand command, boolean whole) {
    try {
      if (whole) {
        command.parse();
      } else {
        command.check();
      }
    } catch (RuntimeException | AssertionError mistake) {
      mistakes.add(command + "\n    " + mistake.getMessage());
    }
  }

  @Test
  void mistakesInCommandsAreFound() {
    for (String wrong :
        List.of(
            "bin/asm trian demo --out x",
            "bin/asm train demo --uot x",
            "bin/asm train demoo --out x",
            "bin/asm train demo training.updaets=3 --out x",
            "bin/asm train demo training.updates=many --out x",
            "bin/asm compare demo --method deep:mining.dept=4 --out x")) {
      List<WrittenCommand> commands = WrittenCommand.in("A=1 " + wrong + "   # why");

      assertThat(commands).as(wrong).hasSize(1);
      assertThat(commands.get(0).isWhole()).as(wrong).isTrue();
      assertThatThrownBy(commands.get(0)::parse).as(wrong).isInstanceOf(RuntimeException.class);
    }
    for (String wrong :
        List.of(
            "bin/asm [SPARK OPTIONS] trian CONF",
            "bin/asm train CONF --uot DIR",
            "bin/asm train demoo … --out DIR",
            "bin/asm train CONF training.updaets=3 …",
            "bin/asm bench step|opps --help …",
            "bin/asm --out x train CONF")) {
      List<WrittenCommand> commands = WrittenCommand.in(wrong);

      assertThat(commands).as(wrong).hasSize(1);
      assertThat(commands.get(0).isWhole()).as(wrong).isFalse();
      assertThatThrownBy(commands.get(0)::check).as(wrong).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void commandsAreFoundAmongAnswersAndOtherPrograms() {
    List<WrittenCommand> commands =
        WrittenCommand.in(
            """
            $ hdfs dfs -ls / && A=b bin/asm --master 'local[2]' config demo \\
                data.crop.width=32 | grep crop
            bin/asm is not a command here
            $ source <(bin/asm completion)
            """);

    assertThat(commands)
        .extracting(WrittenCommand::toString)
        .containsExactly(
            "bin/asm --master local[2] config demo data.crop.width=32", "bin/asm completion");
    assertThatCode(
            () -> {
              commands.get(0).parse();
              commands.get(1).parse();
            })
        .doesNotThrowAnyException();
  }
}
