package org.stylemining.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;

/**
 * A checkpoint that was read whole: a folder with {@code model.safetensors}, {@code
 * optimizer.safetensors}, where there is a mean of models {@code mean.safetensors}, and {@code
 * state.json}, which holds the other files' lengths and CRC-32C, so that damage is noticed.
 *
 * @param path of its folder
 * @param state where the run stood
 * @param model parameters and running statistics by name, in the network's order
 * @param optimizer the optimizer's state, flat; of length 0 where it has none
 * @param outer the momentum of the optimizer over rounds, flat; of length 0 where there is none
 * @param mean the mean of the models after several rounds, as {@code model}; empty where there is
 *     none
 */
public record Checkpoint(
    Path path,
    CheckpointState state,
    Map<String, NamedTensor> model,
    float[] optimizer,
    float[] outer,
    Map<String, NamedTensor> mean) {

  static final String MODEL = "model.safetensors";
  static final String OPTIMIZER = "optimizer.safetensors";
  static final String MEAN = "mean.safetensors";
  static final String STATE = "state.json";
  private static final String VECTOR = "optimizer";
  private static final String OUTER = "outer";
  private static final String FILES = "files";

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * Reads a checkpoint, or the newest complete one of a run.
   *
   * @param place a checkpoint's folder, or a run's
   * @throws UserMistake where there is none, or it is incomplete or damaged; the message names it
   * @throws IOException where the file system fails
   */
  public static Checkpoint read(Path place, Configuration hadoop) throws IOException {
    FileSystem files = place.getFileSystem(hadoop);
    FileStatus status;
    try {
      status = files.getFileStatus(place);
    } catch (FileNotFoundException e) {
      throw new UserMistake("no such checkpoint or run folder: " + place);
    }
    if (status.isFile()) {
      throw new UserMistake(
          place
              + ": expected a run folder or a checkpoint's folder, found a file of "
              + status.getLen()
              + " bytes");
    }
    Path folder = status.getPath();
    if (CheckpointStore.isCheckpointName(folder.getName())
        || files.exists(new Path(folder, STATE))) {
      return readFolder(folder, files);
    }
    return new CheckpointStore(folder, hadoop)
        .newest()
        .orElseThrow(() -> new UserMistake(folder + ": this run folder has no checkpoint (yet)"));
  }

  /**
   * Checks that the model's names and shapes are exactly the network's.
   *
   * @throws UserMistake listing the first differences
   */
  public void check(ParameterShapes network) {
    network.check("checkpoint " + path, model);
  }

  /**
   * This with the model that is the run's result: the mean of its last models, where the run was
   * asked for one and the checkpoint holds it ready for use; else the model after the last round.
   */
  public Checkpoint result() {
    return state.extra().containsKey(CheckpointState.RESULT)
        ? new Checkpoint(path, state, mean, optimizer, outer, mean)
        : this;
  }

  /** The file that {@link #result}'s model lies in. */
  public Path resultFile() {
    return new Path(path, state.extra().containsKey(CheckpointState.RESULT) ? MEAN : MODEL);
  }

  /** Which model {@link #result} has: {@code checkpoint PATH}, or {@code mean of … in it}. */
  public String resultName() {
    String result = state.extra().get(CheckpointState.RESULT);
    return result == null ? path.toString() : result + " in " + path;
  }

  /** Parts of the network that were drawn at random on import and never trained; empty for none. */
  public String fresh() {
    return state.extra().getOrDefault(CheckpointState.FRESH, "");
  }

  /** Whether this is the folder of imported weights. */
  public static boolean isImported(FileSystem files, FileStatus there) throws IOException {
    return there.isDirectory()
        && files.exists(new Path(there.getPath(), STATE))
        && state(there.getPath(), files).path("extra").has(CheckpointState.IMPORTED_FROM);
  }

  /** Whether a folder is that of a checkpoint, whole or not. */
  public static boolean isOne(FileSystem files, Path folder) throws IOException {
    return files.exists(new Path(folder, STATE));
  }

  /**
   * Where the run stood, without the weights, which are not looked at.
   *
   * @throws UserMistake where it is damaged
   */
  public static CheckpointState stateOf(FileSystem files, Path folder) throws IOException {
    try {
      return JSON.treeToValue(state(folder, files), CheckpointState.class);
    } catch (JsonProcessingException e) {
      throw damaged(folder, STATE + " is incomplete: " + e.getOriginalMessage());
    }
  }

  /**
   * Writes weights alone, without an optimizer's state, as a checkpoint of its own.
   *
   * @param folder made where it is missing
   */
  public static void write(
      Path folder, FileSystem files, CheckpointState state, Collection<NamedTensor> model)
      throws IOException {
    files.mkdirs(folder);
    writeFolder(folder, files, state, new CheckpointContents(model, new float[0]));
  }

  /** Reads the checkpoint in a folder; every kind of damage is a {@link UserMistake}. */
  static Checkpoint readFolder(Path folder, FileSystem files) throws IOException {
    JsonNode stored = state(folder, files);
    try {
      CheckpointState state = JSON.treeToValue(stored, CheckpointState.class);
      Map<String, StoredFile> expected =
          JSON.convertValue(stored.path(FILES), new TypeReference<>() {});
      if (state == null || expected == null) {
        throw damaged(folder, STATE + " is incomplete");
      }
      Safetensors model = tensors(folder, MODEL, expected, files);
      Safetensors optimizer = tensors(folder, OPTIMIZER, expected, files);
      return new Checkpoint(
          folder,
          state,
          model.tensors(),
          optimizer.floats(VECTOR),
          optimizer.contains(OUTER) ? optimizer.floats(OUTER) : new float[0],
          expected.containsKey(MEAN) ? tensors(folder, MEAN, expected, files).tensors() : Map.of());
    } catch (JsonProcessingException e) {
      throw damaged(folder, STATE + " is incomplete: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw damaged(folder, STATE + " is incomplete: " + e.getMessage());
    }
  }

  /** Writes the files of a checkpoint into a folder; {@code state.json} last. */
  static void writeFolder(
      Path folder, FileSystem files, CheckpointState state, CheckpointContents contents)
      throws IOException {
    Map<String, StoredFile> written = new LinkedHashMap<>();
    written.put(MODEL, writeTensors(new Path(folder, MODEL), files, contents.model()));
    List<NamedTensor> vectors = new ArrayList<>();
    vectors.add(vector(VECTOR, contents.optimizer()));
    if (contents.outer().length > 0) {
      vectors.add(vector(OUTER, contents.outer()));
    }
    written.put(OPTIMIZER, writeTensors(new Path(folder, OPTIMIZER), files, vectors));
    if (!contents.mean().isEmpty()) {
      written.put(MEAN, writeTensors(new Path(folder, MEAN), files, contents.mean()));
    }
    ObjectNode json = JSON.valueToTree(state);
    json.set(FILES, JSON.valueToTree(written));
    try (OutputStream out = files.create(new Path(folder, STATE), true)) {
      out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }
  }

  private static NamedTensor vector(String name, float[] values) {
    return new NamedTensor(name, new long[] {values.length}, values);
  }

  private static StoredFile writeTensors(
      Path file, FileSystem files, Collection<NamedTensor> tensors) throws IOException {
    CRC32C sum = new CRC32C();
    try (OutputStream out = new CheckedOutputStream(files.create(file, true), sum)) {
      Safetensors.write(out, tensors, Map.of());
    }
    return new StoredFile(files.getFileStatus(file).getLen(), hex(sum));
  }

  private static JsonNode state(Path folder, FileSystem files) throws IOException {
    Path file = new Path(folder, STATE);
    try (FSDataInputStream in = files.open(file)) {
      JsonNode json = JSON.readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      if (json == null || !json.isObject()) {
        throw damaged(folder, STATE + " is empty or no JSON object");
      }
      return json;
    } catch (FileNotFoundException e) {
      throw damaged(folder, "it has no " + STATE);
    } catch (ChecksumException e) {
      throw damaged(folder, STATE + " was changed after it was written: " + e.getMessage());
    } catch (JsonProcessingException e) {
      throw damaged(folder, STATE + " is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Safetensors tensors(
      Path folder, String name, Map<String, StoredFile> expected, FileSystem files)
      throws IOException {
    StoredFile whole = expected.get(name);
    if (whole == null) {
      throw damaged(folder, STATE + " does not list " + name);
    }
    Path file = new Path(folder, name);
    CRC32C sum = new CRC32C();
    try {
      long length = files.getFileStatus(file).getLen();
      if (length != whole.bytes()) {
        throw damaged(folder, name + " has " + length + " bytes, expected " + whole.bytes());
      }
      try (FSDataInputStream in = files.open(file)) {
        Safetensors read = Safetensors.read(new CheckedInputStream(in, sum), file.toString());
        if (!hex(sum).equals(whole.crc32c())) {
          throw damaged(
              folder, name + " has the CRC-32C " + hex(sum) + ", expected " + whole.crc32c());
        }
        return read;
      }
    } catch (FileNotFoundException e) {
      throw damaged(folder, "it has no " + name);
    } catch (ChecksumException e) {
      throw damaged(folder, name + " was changed after it was written: " + e.getMessage());
    }
  }

  private static String hex(CRC32C sum) {
    return String.format("%08x", sum.getValue());
  }

  private static UserMistake damaged(Path folder, String how) {
    return new UserMistake("checkpoint " + folder + " is incomplete or damaged: " + how);
  }
}
