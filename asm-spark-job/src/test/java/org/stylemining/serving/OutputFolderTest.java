package org.stylemining.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFolderTest {
  private static final byte[] OLD = {1};
  private static final byte[] NEW = {2, 2};

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"file:", "strict:"})
  void aFileIsPutInPlaceWithItsFoldersAndNothingElse(String scheme) throws Exception {
    OutputFolder out = at(scheme);

    out.replace("a/b c/12:30 ü.png", NEW, 0);

    assertThat(folder.resolve("a/b c/12:30 ü.png")).hasBinaryContent(NEW);
    assertThat(folder.resolve("a/b c").toFile().list()).hasSize(1);
    assertThat(out.list()).containsOnlyKeys("a/b c/12:30 ü.png");
    out.removeTemporary();
    assertThat(folder.toFile().list()).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "strict:"})
  void anOlderFileIsReplaced(String scheme) throws Exception {
    OutputFolder out = at(scheme);
    out.replace("a.png", OLD, 0);
    TestFiles.age(folder.resolve("a.png"), 1_000);

    out.replace("a.png", NEW, 2_000);

    assertThat(folder.resolve("a.png")).hasBinaryContent(NEW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "strict:"})
  void aSecondAttemptAtTheSameFileLeavesOneWholeFile(String scheme) throws Exception {
    for (int attempt = 0; attempt < 2; attempt++) {
      at(scheme).replace("a.png", NEW, 1);
    }
    assertThat(folder.resolve("a.png")).hasBinaryContent(NEW);
    assertThat(folder.resolve(OutputFolder.TEMPORARY)).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "strict:"})
  void aFileThatWasWrittenPieceByPieceIsPutInPlaceOverAnOlderOne(String scheme) throws Exception {
    OutputFolder out = at(scheme);
    out.replace("part.seq", OLD, 0);
    for (int attempt = 0; attempt < 2; attempt++) {
      org.apache.hadoop.fs.Path unfinished = out.unfinished();
      try (OutputStream stream = out.files().create(unfinished, false)) {
        stream.write(NEW, 0, 1);
        stream.write(NEW, 1, 1);
      }

      out.finish(unfinished, "part.seq");
    }

    assertThat(folder.resolve("part.seq")).hasBinaryContent(NEW);
    assertThat(folder.resolve(OutputFolder.TEMPORARY)).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "strict:"})
  void unfinishedAndEmptyFilesAreNotThere(String scheme) throws Exception {
    TestFiles.make(folder, OutputFolder.TEMPORARY + "/0123", 5);
    TestFiles.make(folder, "a/empty.png", 0);
    OutputFolder out = at(scheme);

    assertThat(out.list()).isEmpty();
    out.removeTemporary();
    assertThat(folder.resolve(OutputFolder.TEMPORARY)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "strict:"})
  void timeIsTheFileSystemsOwn(String scheme) throws Exception {
    OutputFolder out = at(scheme);
    long before = out.now();
    out.replace("a.png", NEW, 0);

    assertThat(out.list().get("a.png")).isGreaterThanOrEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "strict:"})
  void textsAreReadAndReplaced(String scheme) throws Exception {
    OutputFolder out = at(scheme);
    assertThat(out.read("_x.json")).isEmpty();
    out.replace("_x.json", "ä");
    out.replace("_x.json", "ö");

    assertThat(out.read("_x.json")).contains("ö");
    assertThat(out.exists("_x.json")).isTrue();
    out.delete("_x.json");
    assertThat(Files.exists(folder.resolve("_x.json"))).isFalse();
  }

  private OutputFolder at(String scheme) throws Exception {
    return OutputFolder.at(
        scheme + (scheme.equals("file:") ? "" : "//") + folder, StrictFileSystem.configuration());
  }
}
