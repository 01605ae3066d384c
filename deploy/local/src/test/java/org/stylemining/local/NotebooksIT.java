package org.stylemining.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The notebooks of the assembled folder, executed by Jupyter with the kernel that {@code kernel.sh}
 * installs, one after the other as a reader does, with small parameters.
 */
@TestMethodOrder(OrderAnnotation.class)
class NotebooksIT {
  private static final Path NOTEBOOKS =
      Path.of(System.getProperty("distribution")).resolve("notebooks");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  @BeforeAll
  static void jupyterKnowsTheKernel() throws Exception {
    for (String program : List.of("jupyter-nbconvert", "jupyter-kernelspec")) {
      assumeTrue(
          Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
              .anyMatch(path -> Files.isExecutable(Path.of(path, program))),
          "no " + program + " (Debian: apt-get install jupyter-nbconvert jupyter-client)");
    }

    String said = run(NOTEBOOKS.resolve("kernel.sh").toString(), "--prefix", at("jupyter"));

    assertThat(said).contains("Installed kernelspec asm-java");
    Files.createDirectories(folder.resolve("work"));
  }

  @Test
  @Order(1)
  void theQuickstartEndsWithScoresPicturesAndLabels() throws Exception {
    Executed notebook =
        execute(
            "01-quickstart",
            "images = 6; width = 64; height = 32; iterations = 20; updates = 12; workers = 2;");

    assertThat(notebook.text("train")).contains("round 2/2");
    assertThat(notebook.table("scores"))
        .contains("<th>class</th>", "<th>IoU %</th>", "mean over all classes (mIoU)");
    assertThat(notebook.text("spark")).contains("label: binary (nullable = true)");
    for (String cell : List.of("data", "strip", "predictions", "overlays")) {
      assertThat(notebook.pictures(cell)).as(cell).isOne();
    }
    assertThat(folder.resolve("work/runs/quickstart/train/report.html")).isRegularFile();
  }

  @Test
  @Order(2)
  void minedStylesAreShownAsStripsChartsAndTables() throws Exception {
    Executed notebook = execute("02-mined-styles", "depth = 2; images = 2;");

    for (String cell : List.of("imports", "line", "draws", "strips", "sizes")) {
      assertThat(notebook.pictures(cell)).as(cell).isOne();
    }
    assertThat(notebook.pictures("loss")).as("charts").isEqualTo(2);
    assertThat(notebook.table("loss"))
        .contains("<th>loss at step 2</th>", "anchored", "random", "adversarial");
    assertThat(notebook.table("sizes")).contains("<th>mining.step-size</th>", ">0.3<", ">3.0<");
  }

  @Test
  @Order(3)
  void comparedRunsAreShownAsTablesAndCharts() throws Exception {
    Executed notebook =
        execute(
            "03-compare-runs",
            "methods = \"source-only,adversarial\"; seeds = \"1,2\"; updates = 12;");

    assertThat(notebook.text("imports")).contains("4 cells");
    assertThat(notebook.table("methods"))
        .contains(
            "<th>method</th><th>mIoU %</th>", "<th>seed 2</th>", "source-only", "adversarial");
    assertThat(notebook.table("differences")).contains("<th>95% interval</th>", "adversarial");
    assertThat(notebook.table("classes")).contains("<th>adversarial</th>", ">road<");
    assertThat(notebook.table("rounds")).contains("<th>images/s</th>");
    for (String cell : List.of("bars", "rounds")) {
      assertThat(notebook.pictures(cell)).as(cell).isOne();
    }
  }

  /**
   * Executes a copy of a notebook.
   *
   * @param parameters a cell behind that of the notebook's own
   */
  private static Executed execute(String name, String parameters) throws Exception {
    ObjectNode notebook = (ObjectNode) JSON.readTree(NOTEBOOKS.resolve(name + ".ipynb").toFile());
    ArrayNode cells = notebook.putArray("cells");
    for (JsonNode cell : JSON.readTree(NOTEBOOKS.resolve(name + ".ipynb").toFile()).path("cells")) {
      cells.add(cell);
      if (cell.path("metadata").path("tags").toString().contains("parameters")) {
        ObjectNode own = cells.addObject().put("cell_type", "code").put("id", "own");
        own.putObject("metadata");
        own.putNull("execution_count").put("source", parameters).putArray("outputs");
      }
    }
    assertThat(cells.findValuesAsText("id")).as("cell for parameters").contains("own");
    Path file = folder.resolve("work").resolve(name + ".ipynb");
    JSON.writeValue(file.toFile(), notebook);

    run(
        "jupyter-nbconvert",
        "--to",
        "notebook",
        "--execute",
        "--allow-errors",
        "--ExecutePreprocessor.timeout=240",
        "--ExecutePreprocessor.startup_timeout=180",
        "--inplace",
        file.toString());

    Executed executed = new Executed(JSON.readTree(file.toFile()));
    executed.requireNoFailure();
    return executed;
  }

  private static String run(String... words) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(SPARK|ASM_|OMP|OPENBLAS|HADOOP|YARN|JUPYTER|IPYTHON).*"));
    builder.environment().put("JUPYTER_PATH", at("jupyter/share/jupyter"));
    builder.environment().put("JUPYTER_CONFIG_DIR", at("jupyter/config"));
    builder.environment().put("JUPYTER_DATA_DIR", at("jupyter/data"));
    builder.environment().put("JUPYTER_RUNTIME_DIR", at("jupyter/runtime"));
    builder.environment().put("IPYTHONDIR", at("jupyter/ipython"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended").isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  /** An executed notebook, by the ids of its cells. */
  private record Executed(JsonNode notebook) {
    void requireNoFailure() {
      for (JsonNode cell : notebook.path("cells")) {
        for (JsonNode output : cell.path("outputs")) {
          assertThat(output.path("output_type").asText())
              .as("cell %s: %s", cell.path("id").asText(), cell.path("outputs").toPrettyString())
              .isNotEqualTo("error");
        }
      }
    }

    String text(String id) {
      return joined(outputs(id).stream().map(output -> output.path("text")).toList());
    }

    String table(String id) {
      return joined(
          outputs(id).stream().map(output -> output.path("data").path("text/html")).toList());
    }

    long pictures(String id) {
      return outputs(id).stream()
          .filter(output -> output.path("data").path("image/png").asText().startsWith("iVBOR"))
          .count();
    }

    private List<JsonNode> outputs(String id) {
      for (JsonNode cell : notebook.path("cells")) {
        if (cell.path("id").asText().equals(id)) {
          List<JsonNode> outputs = new ArrayList<>();
          cell.path("outputs").forEach(outputs::add);
          return outputs;
        }
      }
      throw new AssertionError("no cell " + id);
    }

    /** Of strings, or lists of lines. */
    private static String joined(List<JsonNode> texts) {
      StringBuilder all = new StringBuilder();
      for (JsonNode text : texts) {
        if (text.isArray()) {
          text.forEach(line -> all.append(line.asText()));
        } else {
          all.append(text.asText());
        }
      }
      return all.toString();
    }
  }
}
