package org.stylemining.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * A page of the documentation.
 *
 * @param file where it is
 * @param document as Markdown reads it
 */
record Page(Path file, Node document) {
  /** The folder of the checkout. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final String NOTEBOOK = ".ipynb";
  private static final Pattern SOURCE = Pattern.compile("(?:src|srcset|href)=\"([^\"]+)\"");

  /** Signs that GitHub leaves out of a heading's anchor. */
  private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]");

  /**
   * A block of code.
   *
   * @param language such as {@code hocon}; empty where none is told
   * @param text what stands in it
   */
  record CodeBlock(String language, String text) {}

  static Page read(Path file) {
    try {
      String text = Files.readString(file);
      return new Page(
          file,
          Parser.builder().build().parse(file.toString().endsWith(NOTEBOOK) ? cells(text) : text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a notebook's cells of Markdown say. */
  private static String cells(String notebook) throws IOException {
    StringBuilder text = new StringBuilder();
    for (JsonNode cell : new ObjectMapper().readTree(notebook).path("cells")) {
      if (cell.path("cell_type").asText().equals("markdown")) {
        JsonNode source = cell.path("source");
        if (source.isTextual()) {
          text.append(source.asText());
        }
        source.forEach(line -> text.append(line.asText()));
        text.append("\n\n");
      }
    }
    return text.toString();
  }

  /** A page by its path in the checkout. */
  static Page of(String path) {
    return read(ROOT.resolve(path));
  }

  /** All pages of the checkout, notebooks among them. */
  static List<Page> all() {
    return Stream.of(".md", NOTEBOOK)
        .flatMap(ending -> files(ending).stream())
        .map(Page::read)
        .toList();
  }

  /** All files of the checkout with an ending, but for what builds and tools leave behind. */
  static List<Path> files(String ending) {
    List<Path> files = new ArrayList<>();
    try {
      collect(ROOT, ending, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.stream().sorted().toList();
  }

  private static void collect(Path folder, String ending, List<Path> files) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (Files.isDirectory(entry)) {
          if (!name.startsWith(".") && !Set.of("target", "node_modules").contains(name)) {
            collect(entry, ending, files);
          }
        } else if (name.endsWith(ending)) {
          files.add(entry);
        }
      }
    }
  }

  /** Its path in the checkout. */
  @Override
  public String toString() {
    return ROOT.relativize(file).toString();
  }

  /** Where links and pictures lead. */
  List<String> destinations() {
    List<String> destinations = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            destinations.add(link.getDestination());
            visitChildren(link);
          }

          @Override
          public void visit(Image image) {
            destinations.add(image.getDestination());
          }

          @Override
          public void visit(HtmlBlock html) {
            fromHtml(html.getLiteral());
          }

          @Override
          public void visit(HtmlInline html) {
            fromHtml(html.getLiteral());
          }

          private void fromHtml(String html) {
            Matcher sources = SOURCE.matcher(html);
            while (sources.find()) {
              destinations.add(sources.group(1));
            }
          }
        });
    return destinations;
  }

  /** Headings as text, without the marks of Markdown. */
  List<String> headings() {
    List<String> headings = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            headings.add(text(heading));
          }
        });
    return headings;
  }

  /** What a link may name behind #, as GitHub makes it of headings. */
  Set<String> anchors() {
    Set<String> anchors = new LinkedHashSet<>();
    for (String heading : headings()) {
      String anchor =
          SIGNS.matcher(heading.toLowerCase(Locale.ROOT)).replaceAll("").replace(' ', '-');
      String different = anchor;
      for (int i = 1; !anchors.add(different); i++) {
        different = anchor + "-" + i;
      }
    }
    return anchors;
  }

  /** Blocks of code, in order. */
  List<CodeBlock> blocks() {
    List<CodeBlock> blocks = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(FencedCodeBlock block) {
            blocks.add(
                new CodeBlock(block.getInfo() == null ? "" : block.getInfo(), block.getLiteral()));
          }

          @Override
          public void visit(IndentedCodeBlock block) {
            blocks.add(new CodeBlock("", block.getLiteral()));
          }
        });
    return blocks;
  }

  /** Code within sentences. */
  List<String> code() {
    List<String> code = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Code span) {
            code.add(span.getLiteral());
          }
        });
    return code;
  }

  private static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(Code part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak part) {
            text.append(' ');
          }

          @Override
          public void visit(HardLineBreak part) {
            text.append(' ');
          }
        });
    return text.toString();
  }
}
