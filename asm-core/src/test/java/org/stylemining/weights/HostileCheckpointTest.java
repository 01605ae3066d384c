package org.stylemining.weights;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.UserMistake;

/**
 * Files that are damaged, or made to harm: each is a mistake that names it, or goes unnoticed; none
 * ends in another error, takes long or asks for memory without end.
 */
class HostileCheckpointTest {
  private static final Configuration HADOOP = new Configuration();
  private static final List<String> WHOLE =
      List.of("zip.pth", "legacy.pth", "training-state.pth", "ancient.pth", "malicious-zip.pth");
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;

  /** What happens to a file: bytes that are changed, then where it ends. */
  record Damage(String file, int[] places, int[] bits, double length) {}

  @Provide
  Arbitrary<Damage> damages() {
    Arbitrary<int[]> numbers =
        Arbitraries.integers().between(0, 1 << 20).array(int[].class).ofMinSize(0).ofMaxSize(6);
    return Combinators.combine(
            Arbitraries.of(WHOLE),
            numbers,
            numbers,
            Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(1.0)),
                Tuple.of(1, Arbitraries.doubles().between(0, 1))))
        .as(Damage::new);
  }

  @Property(tries = 1500)
  void damagedFilesAreMistakesAndNothingElse(@ForAll("damages") Damage damage) throws IOException {
    byte[] whole = bytes(damage.file());
    byte[] damaged = Arrays.copyOf(whole, (int) (whole.length * damage.length()));
    for (int i = 0; i < damage.places().length && damaged.length > 0; i++) {
      int bit = i < damage.bits().length ? damage.bits()[i] : i;
      damaged[damage.places()[i] % damaged.length] ^= (byte) (1 << bit % 8);
    }
    Path file = Files.createTempFile("damaged", ".pth");
    try {
      Files.write(file, damaged);
      assertTimeoutPreemptively(SOON, () -> readOrMistake(file));
    } finally {
      Files.delete(file);
    }
  }

  private static void readOrMistake(Path file) throws IOException {
    try {
      TorchCheckpoint.read(new org.apache.hadoop.fs.Path(file.toUri()), HADOOP);
    } catch (UserMistake e) {
      if (!e.getMessage().contains(file.getFileName().toString())) {
        throw new AssertionError("does not name the file: " + e.getMessage(), e);
      }
    }
  }

  @Test
  void aNumberThatIsRepeatedABillionTimesIsRefused() throws IOException {
    Pickle pickle = new Pickle();
    pickle.dictionaryOf("weight", () -> pickle.tensor(1, new int[] {1 << 30}, new int[] {0}));
    refused(zip(pickle, ZipEntry.STORED, new byte[4]), "1073741824 values");
  }

  @Test
  void aStorageThatGrowsAsItIsReadIsRefused() throws IOException {
    Pickle pickle = new Pickle();
    pickle.dictionaryOf("weight", () -> pickle.tensor(1 << 24, new int[] {1 << 24}, new int[] {1}));
    refused(zip(pickle, ZipEntry.DEFLATED, new byte[4 << 24]), "in a file of");
  }

  @Test
  void aCompressedPickleIsRefusedAsItMayBeOfAnyLength() throws IOException {
    Pickle pickle = new Pickle();
    pickle.dictionaryOf("weight", () -> pickle.tensor(1, new int[] {1}, new int[] {1}));
    Path file = folder.resolve("hostile.pth");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      entry(zip, "data.pkl", ZipEntry.DEFLATED, pickle.out.toByteArray());
      entry(zip, "data/0", ZipEntry.STORED, new byte[4]);
    }
    refused(file, "data.pkl is compressed");
  }

  @Test
  void aStorageLargerThanTheFileIsRefusedBeforeItIsRead() throws IOException {
    Pickle pickle = new Pickle();
    pickle.dictionaryOf("weight", () -> pickle.tensor(500_000, new int[] {500_000}, new int[] {1}));
    refused(zip(pickle, ZipEntry.STORED, new byte[4]), "need at least 2000000 bytes");
  }

  @Test
  void aDictionaryInsideItselfIsRefused() throws IOException {
    Pickle pickle = new Pickle();
    // d = {}; d["state_dict"] = d
    pickle.op('}').op('q', 0).text("state_dict").op('h', 0).op('s').op('.');
    refused(zip(pickle, ZipEntry.STORED, new byte[4]), "found only [state_dict]");
  }

  @Test
  void aListInsideItselfAsAKeyIsRefused() throws IOException {
    Pickle pickle = new Pickle();
    // l = []; l.append(l); d = {l: l}
    pickle.op('}').op(']').op('q', 0).op('h', 0).op('a').op('h', 0).op('s').op('.');
    refused(zip(pickle, ZipEntry.STORED, new byte[4]), "key");
  }

  @Test
  void aPickleOfNothingButEmptyListsIsRefused() throws IOException {
    Pickle pickle = new Pickle();
    for (int i = 0; i < 3_000_000; i++) {
      pickle.op(']');
    }
    refused(zip(pickle, ZipEntry.STORED, new byte[4]), "more than 2000000 operations");
  }

  @Test
  void aNumberOfAMillionDigitsIsRefused() throws IOException {
    Pickle pickle = new Pickle();
    pickle.op('L').raw("9".repeat(1_000_000) + "L\n").op('.');
    refused(zip(pickle, ZipEntry.STORED, new byte[4]), "opcode 0x4c");
  }

  private static void refused(Path file, String because) {
    assertTimeoutPreemptively(
        SOON,
        () ->
            assertThatThrownBy(
                    () -> TorchCheckpoint.read(new org.apache.hadoop.fs.Path(file.toUri()), HADOOP))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("hostile.pth")
                .hasMessageContaining(because));
  }

  private Path zip(Pickle pickle, int method, byte[] storage) throws IOException {
    Path file = folder.resolve("hostile.pth");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      entry(zip, "data.pkl", ZipEntry.STORED, pickle.out.toByteArray());
      entry(zip, "data/0", method, storage);
    }
    return file;
  }

  private static void entry(ZipOutputStream zip, String name, int method, byte[] content)
      throws IOException {
    ZipEntry entry = new ZipEntry("archive/" + name);
    entry.setMethod(method);
    if (method == ZipEntry.STORED) {
      CRC32 sum = new CRC32();
      sum.update(content);
      entry.setSize(content.length);
      entry.setCrc(sum.getValue());
    }
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in =
        HostileCheckpointTest.class.getResourceAsStream("/fixtures/torch/" + name)) {
      return in.readAllBytes();
    }
  }

  /** A pickle, opcode by opcode. */
  private static final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickle() {
      op(0x80, 2);
    }

    Pickle op(int... codes) {
      Arrays.stream(codes).forEach(out::write);
      return this;
    }

    Pickle raw(String text) {
      out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      return this;
    }

    Pickle number(int value) {
      op('J');
      out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
      return this;
    }

    Pickle text(String text) {
      op('X');
      out.writeBytes(
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length()).array());
      return raw(text);
    }

    void dictionaryOf(String name, Runnable value) {
      op('}').text(name);
      value.run();
      op('s').op('.');
    }

    void tensor(int elements, int[] shape, int[] stride) {
      raw("ctorch._utils\n_rebuild_tensor_v2\n").op('(', '(').text("storage");
      raw("ctorch\nFloatStorage\n").text("0").text("cpu").number(elements).op('t', 'Q').number(0);
      op('(');
      Arrays.stream(shape).forEach(this::number);
      op('t', '(');
      Arrays.stream(stride).forEach(this::number);
      op('t', 0x89).raw("ccollections\nOrderedDict\n").op(')', 'R', 't', 'R');
    }
  }
}
