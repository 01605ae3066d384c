package org.stylemining.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
  private static final Instant NOON = Instant.parse("2025-06-01T12:00:00.789Z");

  @TempDir Path folder;

  @Test
  void readsBackWhatItWrote() throws IOException {
    Files.writeString(folder.resolve("a.png"), "12345");
    Provenance provenance =
        provenance(List.of(fingerprint()))
            .with(List.of(weights()))
            .configured("seed = 7")
            .endedAt(NOON.plusSeconds(60));

    assertThat(Provenance.fromJson(provenance.toJson())).isEqualTo(provenance);
    assertThat(provenance.toJson())
        .contains("\"started\" : \"2025-06-01T12:00:00Z\"", "\"ended\" : \"2025-06-01T12:01:00Z\"");
  }

  @Test
  void knowsTheBuildItRunsIn() {
    assertThat(Build.current().version()).isNotBlank().doesNotContain("$");
    assertThat(Build.current().commit()).matches("[0-9a-f]{7,40}|unknown");
    assertThat(provenance(List.of()).version()).isEqualTo(Build.current().version());
  }

  @Test
  void aResumedRunStartedWhenItsFirstPartDid() {
    Provenance first = provenance(List.of());
    Provenance again =
        Provenance.start("demo", "train", 1, null, "cpu", List.of(), NOON.plusSeconds(3600))
            .resuming(first);

    assertThat(again.started()).isEqualTo(first.started());
    assertThat(again.resumed()).containsExactly("2025-06-01T13:00:00Z");
    assertThat(again.ended()).isNull();
  }

  @Test
  void aFingerprintChangesWithNamesAndLengthsAndNothingElse() throws IOException {
    Files.createDirectories(folder.resolve("images"));
    Files.writeString(folder.resolve("images/b.png"), "123");
    Files.writeString(folder.resolve("images/a.png"), "12345");
    DataFingerprint before = fingerprint();

    assertThat(before.files()).isEqualTo(2);
    assertThat(before.bytes()).isEqualTo(8);
    // printf 'images/a.png\t5\nimages/b.png\t3\n' | sha256sum
    assertThat(before.listing())
        .isEqualTo("3cd84a110758cec8dde20218c6e077db13bc2cec6415eff54959b2922cf0fa0c");

    Files.writeString(folder.resolve("images/a.png"), "54321");
    Files.writeString(folder.resolve("images/.hidden"), "1");
    assertThat(fingerprint()).isEqualTo(before);

    Files.move(folder.resolve("images/a.png"), folder.resolve("images/c.png"));
    assertThat(fingerprint().listing()).isNotEqualTo(before.listing());
  }

  @Test
  void aMissingFolderHasNoFingerprint() {
    assertThatThrownBy(
            () ->
                DataFingerprint.of(
                    "x",
                    FileSystem.getLocal(new Configuration()),
                    new org.apache.hadoop.fs.Path(folder + "/none")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
  }

  @Test
  void weightsAreKnownByTheirContent() throws IOException {
    Files.writeString(folder.resolve("a.png"), "12345");
    // printf 12345 | sha256sum
    assertThat(weights().sha256())
        .isEqualTo("5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5");
    assertThat(weights().bytes()).isEqualTo(5);
    assertThat(weights().name()).isEqualTo("style.rain");
  }

  @Test
  void standsInTheJsonOfResults() throws IOException {
    Provenance provenance = provenance(List.of());

    String scores = provenance.into("{\"mIoU\":0.25}");

    assertThat(scores).contains("\"mIoU\" : 0.25", "\"provenance\" : {");
    assertThat(Provenance.in(scores)).contains(provenance);
    assertThat(Provenance.in("{\"mIoU\":0.25}")).isEmpty();
    assertThatThrownBy(() -> Provenance.in("no JSON")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatAnOlderProgramWroteIsReadStill() {
    Provenance old =
        Provenance.fromJson("{\"command\":\"train demo\",\"seed\":7,\"data\":[],\"more\":1}");

    assertThat(old.command()).isEqualTo("train demo");
    assertThat(old.weights()).isEmpty();
    assertThat(old.configuration()).isNull();
  }

  private WeightsFingerprint weights() throws IOException {
    return WeightsFingerprint.of(
        "style.rain",
        FileSystem.getLocal(new Configuration()),
        new org.apache.hadoop.fs.Path(folder + "/a.png"));
  }

  private DataFingerprint fingerprint() throws IOException {
    return DataFingerprint.of(
        "source gta5",
        FileSystem.getLocal(new Configuration()),
        new org.apache.hadoop.fs.Path(folder.toString()));
  }

  private static Provenance provenance(List<DataFingerprint> data) {
    return Provenance.start(
        "demo",
        "train conf/demo.conf",
        7,
        new Cluster("local-1", "local[2]", 1, 2),
        "CpuBackend",
        data,
        NOON);
  }
}
