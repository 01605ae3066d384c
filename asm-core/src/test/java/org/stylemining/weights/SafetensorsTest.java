package org.stylemining.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.UserMistake;

class SafetensorsTest {

  private static final NamedTensor KERNEL =
      new NamedTensor("conv1.weight", new long[] {2, 1, 1, 2}, new float[] {1, -2.5f, 3e-20f, 4});
  private static final NamedTensor GAMMA =
      new NamedTensor("PAM.gamma", new long[] {}, new float[] {0.25f});

  @Test
  void whatWasWrittenIsReadBack(@TempDir java.nio.file.Path folder) throws IOException {
    Path file = new Path(folder.resolve("model.safetensors").toUri());
    Safetensors.write(
        file, new Configuration(), List.of(KERNEL, GAMMA), Map.of("made by", "a test \"of\" ü"));

    Safetensors read = Safetensors.read(file, new Configuration());

    assertThat(read.tensors().values()).containsExactly(KERNEL, GAMMA);
    assertThat(read.metadata()).containsExactlyEntriesOf(Map.of("made by", "a test \"of\" ü"));
  }

  @Property(tries = 50)
  void anyValuesUnderAnyNamesAreReadBackBitForBit(
      @ForAll @Size(max = 5) @UniqueElements
          List<@AlphaChars @StringLength(min = 1, max = 8) String> names,
      @ForAll float[] values)
      throws IOException {
    List<NamedTensor> tensors =
        names.stream()
            .map(name -> new NamedTensor(name, new long[] {1, values.length}, values))
            .toList();

    assertThat(
            Safetensors.read(new ByteArrayInputStream(bytes(tensors)), "memory").tensors().values())
        .containsExactlyElementsOf(tensors);
  }

  @Test
  void tensorsLargerThanOneChunkAreWrittenWhole() throws IOException {
    float[] data = new float[50_001];
    for (int i = 0; i < data.length; i++) {
      data[i] = i;
    }
    NamedTensor large = new NamedTensor("large", new long[] {data.length}, data);

    assertThat(
            Safetensors.read(new ByteArrayInputStream(bytes(List.of(KERNEL, large))), "memory")
                .tensor("large"))
        .isEqualTo(large);
  }

  @Test
  void doublesKeepTheirPrecisionAndWholeNumbersTheirValue() {
    ByteBuffer values =
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putDouble(Math.PI).putLong(1L << 60);
    byte[] file =
        file(
            "{\"pi\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},\"big\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]}}",
            values.array());

    Safetensors read = read(file);

    assertThat(read.doubles("pi")).containsExactly(Math.PI);
    assertThat(read.floats("pi")).containsExactly((float) Math.PI);
    assertThat(read.longs("big")).containsExactly(1L << 60);
    assertThat(read.shape("big")).isEmpty();
    assertThatThrownBy(() -> read.longs("pi"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("tensor pi should hold whole numbers");
  }

  @Test
  void halfPrecisionValuesAreRead() {
    // 1, -2, the smallest positive half, infinity; then 1.0 as bfloat16.
    ByteBuffer values = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    for (int half : new int[] {0x3C00, 0xC000, 0x0001, 0x7C00, 0x3F80}) {
      values.putShort((short) half);
    }
    byte[] file =
        file(
            "{\"h\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[8,10]}}",
            values.array());

    assertThat(read(file).floats("h")).containsExactly(1f, -2f, 0x1p-24f, Float.POSITIVE_INFINITY);
    assertThat(read(file).floats("b")).containsExactly(1f);
  }

  @Test
  void everyTruncationIsReportedWithTheFilesName() throws IOException {
    byte[] whole = bytes(List.of(KERNEL, GAMMA));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(part))
          .as("%d bytes", length)
          .isInstanceOf(UserMistake.class)
          .hasMessageStartingWith("some/model.safetensors: ");
    }
    assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("the file is empty");
    assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 1)))
        .hasMessageContaining("ends within tensor PAM.gamma (3 of its 4 bytes)");
  }

  @Test
  void headersThatContradictThemselvesAreRefused() {
    refused(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        4,
        "tensor a: shape [2] of F32 needs 8 bytes, data_offsets give 4");
    refused(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}",
        6,
        "overlap");
    refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8, "gap");
    refused(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        5,
        "bytes after the values");
    refused("{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8, "found C64");
    refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4, "found -1");
    refused(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}}",
        4,
        "too large");
    refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", 4, "[begin, end]");
    refused("{\"a\":{},\"a\":{}}", 0, "Duplicate field 'a'");
    refused("{\"a\":", 0, "not JSON");
    refused("no header", 0, "not a safetensors file");
    refused("{\"__metadata__\":{\"n\":1}}", 0, "__metadata__.n should be a text, found 1");
  }

  @Test
  void anAbsurdHeaderLengthIsRefusedBeforeAnythingIsAllocated() {
    byte[] file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(-1).array();

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("header of 18446744073709551615 bytes");
  }

  @Test
  void aMissingFileAndAMissingTensorAreNamed(@TempDir java.nio.file.Path folder)
      throws IOException {
    Path missing = new Path(folder.resolve("absent.safetensors").toUri());
    assertThatThrownBy(() -> Safetensors.read(missing, new Configuration()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("absent.safetensors");

    Files.write(folder.resolve("present.safetensors"), bytes(List.of(GAMMA)));
    Safetensors present =
        Safetensors.read(
            new Path(folder.resolve("present.safetensors").toUri()), new Configuration());
    assertThatThrownBy(() -> present.tensor("PAM.delta"))
        .hasMessageContaining("present.safetensors: no tensor named PAM.delta");
  }

  @Test
  void twoTensorsOfOneNameAreNotWritten() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bytes(List.of(GAMMA, GAMMA)))
        .withMessageContaining("PAM.gamma");
  }

  @Test
  void aTensorsShapeMustFitItsValues() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NamedTensor("bn1.bias", new long[] {3}, new float[2]))
        .withMessage("tensor bn1.bias: shape [3] needs 3 values, found 2");
  }

  private static void refused(String header, int valueBytes, String because) {
    assertThatThrownBy(() -> read(file(header, new byte[valueBytes])))
        .as(header)
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("some/model.safetensors: ")
        .hasMessageContaining(because);
  }

  private static Safetensors read(byte[] file) {
    try {
      return Safetensors.read(new ByteArrayInputStream(file), "some/model.safetensors");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] file(String header, byte[] values) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + values.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(values)
        .array();
  }

  private static byte[] bytes(List<NamedTensor> tensors) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(out, tensors, Map.of());
    return out.toByteArray();
  }
}
