package org.stylemining.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of data sets by the assembled folder's {@code bin/asm}, on its Spark. */
class DatasetsCheckIT {
  private static final String ASM =
      Path.of(System.getProperty("distribution")).resolve("bin/asm").toString();

  @TempDir Path folder;
  private String output;
  private String errors;

  @Test
  void itsExitStatusTellsWhatItFound() throws Exception {
    Path data = folder.resolve("data");
    assertThat(
            run(
                "make-demo-data",
                "--out",
                data.toString(),
                "--images",
                "6",
                "--target",
                "6",
                "--width",
                "64",
                "--height",
                "32"))
        .isZero();
    Path conf = folder.resolve("small.conf");
    Files.writeString(
        conf,
        """
        include "reference.conf"
        data {
          sources = [{ type = gta5, root = "%s/gta5" }]
          target { type = cityscapes, root = "%s/cityscapes", split = train }
          resize { width = 64, height = 32 }
          crop { width = 64, height = 32 }
        }
        """
            .formatted(data, data));
    Path out = folder.resolve("out");

    assertThat(check(conf.toString(), "--out", out.toString())).as(errors).isZero();
    assertThat(output).contains("8-bit palette").contains("page: file:" + out);
    assertThat(out.resolve("check.json")).isNotEmptyFile();
    assertThat(out.resolve("check.html")).isNotEmptyFile();
    assertThat(folder.resolve("natives")).as("native libraries").doesNotExist();

    Path image = data.resolve("gta5/images/00001.png");
    Files.write(image, Arrays.copyOf(Files.readAllBytes(image), 500));
    assertThat(check(conf.toString())).as(errors).isEqualTo(1);
    assertThat(output).contains("wrong: data.sources[0]").contains("00001.png (truncated");

    assertThat(check(conf.toString(), "data.target.root=/no/such/folder")).isEqualTo(2);
    assertThat(errors).contains("data.target.root = file:/no/such/folder: there is no such folder");
  }

  private int check(String... words) throws Exception {
    return run(
        Stream.concat(
                Stream.of("--master", "local[2]", "--conf", "spark.ui.enabled=false"),
                Stream.concat(Stream.of("datasets", "check"), Stream.of(words)))
            .toArray(String[]::new));
  }

  private int run(String... words) throws IOException, InterruptedException {
    Path told = folder.resolve("stdout");
    Path complained = folder.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(Stream.of(ASM), Stream.of(words)).toList())
            .redirectOutput(told.toFile())
            .redirectError(complained.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(SPARK|ASM|OMP|OPENBLAS|HADOOP|YARN)_.*"));
    builder.environment().put("ASM_NATIVE_CACHE", folder.resolve("natives").toString());
    Process process = builder.start();
    boolean ended = process.waitFor(4, TimeUnit.MINUTES);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    output = Files.readString(told, StandardCharsets.UTF_8);
    errors = Files.readString(complained, StandardCharsets.UTF_8);
    assertThat(ended).as("ended: %s%n%s%n%s", List.of(words), output, errors).isTrue();
    return process.exitValue();
  }
}
