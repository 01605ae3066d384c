package org.stylemining.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** What {@code doctor} tells with the CPU backend, which is what tests run with. */
class DoctorCommandTest {
  @Test
  void tellsEveryFactOnALineOfItsOwnAndPasses() {
    Answer answer = Answer.to("doctor");

    assertThat(answer.out().lines())
        .contains("program", "machine", "backend", "threads", "memory", "libraries", "checks")
        .contains("file systems", "speed");
    assertThat(answer.out())
        .containsPattern("commit +[0-9a-f]{40}|commit +unknown")
        .containsPattern("Java +17\\.|Java +2\\d\\.")
        .containsPattern("processor +\\S")
        .containsPattern("kind +CPU\\n")
        .containsPattern("ND4J +1\\.0\\.0-M2\\.1\\n")
        .containsPattern("libnd4j +1\\.0\\.0-M2\\.1 of nd4j-native, commit [0-9a-f]{7}\\n")
        .containsPattern("instruction sets +built for x86-64, the processor has those of ")
        .containsPattern("BLAS +OPENBLAS 0\\.3\\.")
        .containsPattern("oneDNN +oneDNN v2\\.3")
        .containsPattern("OMP_NUM_THREADS +\\S")
        .containsPattern("OMP_WAIT_POLICY +\\S")
        .containsPattern("OPENBLAS_THREAD_TIMEOUT +\\S")
        .containsPattern("OpenBLAS, in use +\\d")
        .containsPattern("arrays at most +6\\.0 GiB")
        .containsPattern("process at most +12\\.0 GiB")
        .containsPattern("native library cache +/")
        .containsPattern("Spark +3\\.5\\.")
        .containsPattern("Scala +2\\.12\\.18\\n")
        .containsPattern("Hadoop +3\\.")
        .containsPattern("file +org\\.apache\\.hadoop\\.fs\\.LocalFileSystem")
        .containsPattern("hdfs +org\\.apache\\.hadoop\\.hdfs\\.DistributedFileSystem")
        .containsPattern("s3a +(missing: .*hadoop-aws|org\\.apache\\.hadoop)")
        .containsPattern("matrix product +\\d+ GFLOP/s");
    assertThat(answer.out())
        .containsPattern("ok +oneDNN's convolution +a float convolution ran as ")
        .containsPattern("ok +oneDNN's product +a float matmul ran as ")
        .containsPattern("ok +convolution 3x3, dilation 2 +off by ")
        .containsPattern("ok +network in double +loss 3\\.137563057, off by ")
        .containsPattern("ok +network in float +loss 3\\.1375\\d+, off by ");
    assertThat(failures(answer)).isEmpty();
    assertThat(answer.status()).isZero();
  }

  @Test
  void tellsTheSameAsJson() throws Exception {
    Answer answer = Answer.to("doctor", "--json");

    JsonNode diagnosis = new ObjectMapper().readTree(answer.out());
    assertThat(diagnosis.at("/passed").asBoolean()).isTrue();
    assertThat(diagnosis.at("/facts/backend/kind").asText()).isEqualTo("CPU");
    assertThat(diagnosis.at("/facts/libraries/Scala").asText()).startsWith("2.12.");
    assertThat(diagnosis.at("/checks"))
        .allSatisfy(
            check -> {
              assertThat(check.at("/name").asText()).isNotEmpty();
              assertThat(check.at("/passed").asBoolean()).isTrue();
              assertThat(check.at("/found").asText()).isNotEmpty();
            });
    assertThat(answer.status()).isZero();
  }

  @Test
  void aGpuCannotBeDemandedOfABuildForProcessors() {
    Answer answer = Answer.to("doctor", "--gpu");

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .contains("--gpu")
        .contains("mvn -B -Pcuda -DskipTests package")
        .doesNotContain("\tat ");
  }

  private static String failures(Answer answer) {
    return String.join("\n", answer.out().lines().filter(line -> line.contains("FAILED")).toList());
  }
}
