package org.stylemining.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of docs/example-dataset, given to the assembled program as its README says: a type
 * that only the jar has, on the driver and on executors.
 */
class PlugInIT {
  private static final Path DISTRIBUTION = Path.of(System.getProperty("distribution"));
  private static final Path EXAMPLE = Path.of(System.getProperty("example"));

  private static final Path JAR =
      EXAMPLE.resolve("target/asm-example-dataset-" + System.getProperty("version") + ".jar");

  @TempDir static Path folder;

  @BeforeAll
  static void drawnScenesAsNetpbmFiles() throws Exception {
    Ended drawn =
        asm(
            List.of(
                "make-demo-data",
                "--out",
                folder.resolve("drawn").toString(),
                "--images",
                "6",
                "--target",
                "2",
                "--width",
                "64",
                "--height",
                "32"));
    assertThat(drawn.status).as(drawn.output).isZero();
    for (Path image : files("drawn/gta5/images")) {
      String name = image.getFileName().toString().replace(".png", "");
      write(name + ".ppm", "P6", image, 3);
      write(name + ".pgm", "P5", folder.resolve("drawn/gta5/labels/" + name + ".png"), 1);
    }
    Files.writeString(
        folder.resolve("pnm.conf"),
        """
        include "reference.conf"
        data {
          sources = [{ type = pnm, root = "%s" }]
          resize { width = 64, height = 32 }
          crop { width = 64, height = 32 }
          max-bad-fraction = 0
        }
        model { backbone = resnet18, width = 0.125, rates = [1, 2], batch-norm.affine = trained }
        training { method = source-only, updates = 4, warm-up = 0, batch = 2, optimizer = adam, learning-rate = 1.0e-3 }
        cluster { workers = 2, sync-every = 2 }
        """
            .formatted(folder.resolve("pnm")));
  }

  @Test
  void trainsOnATypeThatOnlyTheJarHas() throws Exception {
    Ended here = train("here", "--master", "local[2]");
    assertThat(here.status).as(here.output).isZero();

    Ended executors =
        train("executors", "--master", "local-cluster[2,1,1024]", "--executor-memory", "1g");
    assertThat(executors.status).as(executors.output).isZero();
    assertThat(Files.readAllBytes(model("executors")))
        .as("trained in other processes")
        .isEqualTo(Files.readAllBytes(model("here")));
  }

  @Test
  void withoutTheJarTheTypeIsUnknown() throws Exception {
    Ended ended =
        asm(
            List.of(
                "--master",
                "local[1]",
                "train",
                folder.resolve("pnm.conf").toString(),
                "--out",
                folder.resolve("none").toString()));

    assertThat(ended.status).isEqualTo(2);
    assertThat(ended.output)
        .contains("data.sources[0].type = pnm: expected one of camvid, cityscapes, folder, gta5");
  }

  @Test
  void compilesAgainstTheDistributionAsTheReadmeSays() throws Exception {
    String readme = Files.readString(EXAMPLE.resolve("README.md"));
    int start = readme.indexOf("javac ");
    String commands = readme.substring(start, readme.indexOf("```", start));
    Path copy = folder.resolve("copy");
    try (Stream<Path> sources = Files.walk(EXAMPLE.resolve("src/main"))) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(EXAMPLE.relativize(source).toString());
        Files.createDirectories(to.getParent());
        Files.copy(source, to);
      }
    }

    ProcessBuilder builder = new ProcessBuilder("bash", "-euc", commands).directory(copy.toFile());
    builder.environment().put("ASM", DISTRIBUTION.toString());
    Ended built = run(builder);

    assertThat(built.status).as(built.output).isZero();
    assertThat(copy.resolve("pnm.jar")).isRegularFile();
  }

  private static Ended train(String out, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of(options));
    words.addAll(
        List.of(
            "--conf",
            "spark.ui.enabled=false",
            "--jars",
            JAR.toString(),
            "train",
            folder.resolve("pnm.conf").toString(),
            "--out",
            folder.resolve(out).toString()));
    return asm(words);
  }

  private static Path model(String run) {
    return folder.resolve(run).resolve("checkpoints/round-000002/model.safetensors");
  }

  private static List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
  }

  private static void write(String name, String magic, Path png, int channels) throws IOException {
    Raster raster = ImageIO.read(png.toFile()).getRaster();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        "%s\n%d %d\n255\n"
            .formatted(magic, raster.getWidth(), raster.getHeight())
            .getBytes(StandardCharsets.US_ASCII));
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        for (int c = 0; c < channels; c++) {
          out.write(raster.getSample(x, y, c));
        }
      }
    }
    Path file = folder.resolve("pnm").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, out.toByteArray());
  }

  private static Ended asm(List<String> words) throws Exception {
    List<String> command = new ArrayList<>(List.of(DISTRIBUTION.resolve("bin/asm").toString()));
    command.addAll(words);
    return run(new ProcessBuilder(command));
  }

  private static Ended run(ProcessBuilder builder) throws Exception {
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(SPARK|ASM_|OMP|OPENBLAS|HADOOP|YARN).*"));
    builder.environment().put("ASM_NATIVE_CACHE", folder.resolve("natives").toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(4, TimeUnit.MINUTES)).as("ended").isTrue();
    return new Ended(process.exitValue(), output);
  }

  private record Ended(int status, String output) {}
}
